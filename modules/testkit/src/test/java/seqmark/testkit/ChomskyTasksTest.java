package seqmark.testkit;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import seqmark.tasks.Task;
import seqmark.tasks.chomsky.LengthConfig;

/** The contract, applied to every task of length generalisation. */
@ParameterizedClass
@EnumSource
class ChomskyTasksTest extends TaskContract {
  private final ChomskyOracle oracle;

  ChomskyTasksTest(ChomskyOracle oracle) {
    this.oracle = oracle;
  }

  @Override
  protected Task task(long seed) {
    LengthConfig config = new LengthConfig(List.of(1, 12), List.of(9, 80), 3_000, 300, 300);
    return oracle.transduction.create(config, seed, Path.of("."));
  }

  @Override
  protected boolean mayBeShared(int[] source) {
    return source.length <= oracle.longestShared;
  }

  @Override
  protected Optional<Oracle> oracle() {
    return Optional.of((task, question) ->
        task.target().ids(oracle.answer(task.source().text(question.source()))));
  }
}
