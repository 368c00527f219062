package seqmark.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import seqmark.compute.Backend;
import seqmark.compute.Session;
import seqmark.harness.ExperimentConfig.TaskEntry;
import seqmark.harness.Progress.Phase;
import seqmark.harness.TrialResult.Status;

/** Runs the trials of an experiment that are not finished yet, and keeps their results. */
public final class Runner {
  private final ExperimentConfig config;
  private final RunOptions options;
  private final Consumer<Progress> progress;
  private final Registry registry;
  private final Backend backend;
  private final List<Trial> trials;
  private final MemoryCheck memory;
  private final Map<Source, Corpus> corpora = new ConcurrentHashMap<>();
  private final Map<String, Optional<Prepared>> prepared = new ConcurrentHashMap<>();
  private final Map<String, Throwable> bugs = new ConcurrentHashMap<>();
  private volatile boolean stopping;

  /** What data depend on. */
  private record Source(String task, Record options, long seed) {}

  /**
   * Prepares a run; {@link #run} does it.
   *
   * @param progress told how trials get on; called by several threads
   * @throws UserError if there is no such backend
   */
  public Runner(
      ExperimentConfig config, Registry registry, RunOptions options, Consumer<Progress> progress) {
    this.config = config;
    this.options = options;
    this.progress = progress;
    this.registry = registry;
    this.backend = registry.backend(options.backend());
    this.memory = new MemoryCheck(backend.room());
    this.trials = Trial.all(config, new ConfigReader(registry, config.folder()));
  }

  /**
   * Trains and tests all trials; goes on where an earlier run of the same config stopped. Failed
   * trials are tried again, diverged ones are not.
   *
   * @return all results; trials are still {@link Status#OPEN} if {@link #stop} was called
   * @throws UserError for a config that cannot be run, a folder of another config, a checkpoint
   *     that cannot be used, a full disk
   */
  public Experiment run() {
    // Everything that can be wrong with the config comes out before anything is written. Other
    // seeds only draw other examples, which can wait for their trials' turn.
    long seed = config.seeds().getFirst();
    FutureTask<Map<String, String>> provenance = new FutureTask<>(this::provenance);
    Thread.ofPlatform().daemon().start(provenance);
    trials.parallelStream().filter(trial -> trial.seed() == seed).forEach(this::prepared);
    awaitAll(List.of(provenance));
    try (FolderLock lock = FolderLock.of(options.folder());
        Store store = Store.open(lock.folder(), config, trials, provenance.resultNow())) {
      trials.parallelStream()
          .filter(trial -> store.hasData(trial.id()))
          .flatMap(trial -> prepared(trial).stream())
          .forEach(p -> store.requireSameData(p.id(), p.corpus().hash()));
      runAll(store);
      Experiment experiment = store.read();
      Results.writeSummary(options.folder(), experiment);
      return experiment;
    }
  }

  /**
   * Asks all trials to stop after their current step and to save a checkpoint; {@link #run} then
   * returns. May be called from any thread, as a shutdown hook or signal handler does.
   */
  public void stop() {
    stopping = true;
  }

  /** Takes git and SQLite's library some time, which data are made in. */
  private Map<String, String> provenance() {
    Database.load();
    return Provenance.of(config, registry, options);
  }

  /** Prepares a trial once; empty if the model or the task has a bug, which then is noted. */
  private Optional<Prepared> prepared(Trial trial) {
    if (!prepared.containsKey(trial.id())) {
      prepared.put(trial.id(), tryToPrepare(trial));
    }
    return prepared.get(trial.id());
  }

  private Optional<Prepared> tryToPrepare(Trial trial) {
    try {
      return Optional.of(prepare(trial));
    } catch (UserError e) {
      throw e;
    } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
      bugs.put(trial.id(), e);
      return Optional.empty();
    }
  }

  private Prepared prepare(Trial trial) {
    TaskEntry<?> task = trial.task();
    Corpus corpus =
        corpora.computeIfAbsent(
            new Source(task.provider().id(), task.options(), trial.seed()),
            s -> Corpus.of(task.create(s.seed(), config.folder())));
    Prepared prepared = Prepared.of(trial, corpus);
    memory.require(prepared);
    return prepared;
  }

  private void runAll(Store store) {
    ExecutorService jobs = Executors.newFixedThreadPool(options.jobs());
    try {
      List<Future<?>> running = new ArrayList<>();
      for (Trial trial : trials) {
        Reporter reporter = reporter(trial);
        Status status = store.status(trial.id());
        switch (status) {
          case FINISHED -> reporter.phase(Phase.FINISHED, "");
          case DIVERGED -> reporter.phase(Phase.DIVERGED, "in an earlier run");
          default -> {
            reporter.phase(Phase.WAITING, "");
            running.add(jobs.submit(() -> runOne(trial, store, reporter)));
          }
        }
      }
      awaitAll(running);
    } finally {
      jobs.close();
    }
  }

  private Reporter reporter(Trial trial) {
    return new Reporter(trial.id(), trial.train().steps(), progress);
  }

  /** Waits for all; the first error that is no trial's own ends them all. */
  private void awaitAll(List<? extends Future<?>> running) {
    Throwable error = null;
    for (Future<?> one : running) {
      try {
        one.get();
      } catch (ExecutionException e) {
        stop();
        error = error == null ? e.getCause() : error;
      } catch (InterruptedException e) {
        stop();
        Thread.currentThread().interrupt();
      }
    }
    switch (error) {
      case null -> {}
      case Error e -> throw e;
      case RuntimeException e -> throw e;
      default -> throw new IllegalStateException(error);
    }
  }

  private void runOne(Trial trial, Store store, Reporter reporter) {
    if (stopping) {
      reporter.phase(Phase.STOPPED, "");
      return;
    }
    try {
      prepared(trial)
          .ifPresentOrElse(
              ready -> train(ready, store, reporter),
              () -> failed(trial, bugs.get(trial.id()), store, reporter));
    } catch (UserError | OutOfMemoryError e) {
      stop();
      reporter.phase(Phase.STOPPED, e.getMessage());
      throw e;
    }
  }

  private void train(Prepared trial, Store store, Reporter reporter) {
    store.begun(trial.id(), trial.parameterCount());
    Checkpoints checkpoints = new Checkpoints(options.folder(), config, trial);
    try (Session session = backend.open(trial.plan().seed(), options.threads())) {
      new Trainer(trial, session, checkpoints, store, reporter, () -> stopping).run();
      reporter.phase(Phase.FINISHED, "");
    } catch (Stopped e) {
      reporter.phase(Phase.STOPPED, "");
    } catch (Diverged e) {
      store.trainedOn(trial.id(), trial.corpus().hash());
      store.ended(trial.id(), Status.DIVERGED, e.getMessage(), e);
      reporter.phase(Phase.DIVERGED, e.getMessage());
    } catch (UserError e) {
      throw e;
    } catch (RuntimeException
        | LinkageError
        | OutOfMemoryError
        | StackOverflowError
        | AssertionError e) {
      failed(trial.plan(), e, store, reporter);
    }
  }

  /** A bug in one model must not take the other trials along. */
  private void failed(Trial trial, Throwable bug, Store store, Reporter reporter) {
    String message = new Blame(registry, trial).told(bug);
    store.ended(trial.id(), Status.FAILED, message, bug);
    reporter.phase(Phase.FAILED, message);
  }
}
