package seqmark.harness;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import seqmark.compute.Room;
import seqmark.nn.train.Extents;
import seqmark.nn.train.TrainingStep;
import seqmark.tasks.Example;
import seqmark.tasks.Split;

/** Finds trials that cannot fit into memory before anything is trained; each model only once. */
final class MemoryCheck {
  private static final int WEIGHTS_AND_MOMENTS = 3;

  private final Room room;
  private final Set<Key> checked = ConcurrentHashMap.newKeySet();

  /** What the need depends on, besides seeds. */
  private record Key(String task, Record settings, String model, int batch) {}

  /**
   * A check.
   *
   * @param room what there is
   */
  MemoryCheck(Room room) {
    this.room = room;
  }

  /**
   * Plans a training step on the longest examples.
   *
   * @throws UserError if it needs more than there is
   */
  void require(Prepared trial) {
    Trial plan = trial.plan();
    Key key =
        new Key(
            plan.task().label(),
            trial.entry().options(),
            trial.entry().provider().id(),
            plan.train().batch());
    if (checked.add(key)) {
      // Enough to see the absurd, which would take long to plan.
      requireRoom(trial, WEIGHTS_AND_MOMENTS * Float.BYTES * trial.parameterCount());
      requireRoom(trial, needed(trial));
    }
  }

  private static long needed(Prepared trial) {
    Part shown = trial.corpus().of(Split.TRAIN);
    List<Example> longest =
        Arrays.stream(shown.byNumbers())
            .skip(shown.size() - trial.plan().train().batch())
            .mapToObj(shown::get)
            .toList();
    Extents extents = Extents.of(trial.model(), Batches.sources(longest), Batches.targets(longest));
    try {
      return TrainingStep.bytes(
          trial.model(), trial.plan().train().recipe(trial.plan().seed()), extents);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new UserError(name(trial) + ": " + e.getMessage() + "; " + advice(trial), e);
    }
  }

  private void requireRoom(Prepared trial, long bytes) {
    if (bytes > room.bytes()) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "%s: a training step needs at least %.1f GB, more than the %.1f GB of %s; %s, or %s",
              name(trial),
              bytes / 1e9,
              room.bytes() / 1e9,
              room.where(),
              advice(trial),
              room.more()));
    }
  }

  private static String name(Prepared trial) {
    return "model " + trial.entry().label() + " on task " + trial.plan().task().label();
  }

  private static String advice(Prepared trial) {
    String settings = trial.entry().options().toString();
    return "make the model "
        + settings.substring(settings.indexOf('['))
        + " or train.batch "
        + trial.plan().train().batch()
        + " smaller";
  }
}
