package seqmark.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigErrorsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          steps: 12     | stepz: 12      | line 4: unknown key 'stepz' in train; did you mean 'steps'?
          steps: 12     | steps: many    | line 4: train.steps: expected a whole number, but found 'many'
          steps: 12     | steps: 1.5     | line 4: train.steps: expected a whole number, but found 1.5
          steps: 12     | "steps:"       | line 4: train.steps: expected a whole number, but found nothing
          steps: 12     | steps: [1]     | line 4: train.steps: expected a whole number, but found a list
          steps: 12     | steps: 0       | line 4: train: steps: must be at least 1, found 0
          steps: 12     | steps: 9999999999 | line 4: train.steps: Numeric value (9999999999) out of range
          batch: 8      | batch: 0       | line 5: train: batch: must be at least 1, found 0
          lr: 1e-2      | lr: -1         | line 6: train.optimizer.adamw: lr: must be a number greater
          lr: 1e-2      | rl: 1          | line 6: unknown key 'rl' in train.optimizer.adamw; did you mean 'lr'?
          adamw:        | sgd:           | line 6: unknown key 'sgd' in train.optimizer; known here: adamw
          seeds: [1, 2] | seeds: []      | line 2: seeds: needs at least one entry
          seeds: [1, 2] | seeds: [1, 1]  | line 2: seeds: one of them stands there twice
          seeds: [1, 2] | "seeds: [1, 2" | is not valid YAML: expected ',' or ']'
          seeds: [1, 2] | name: other    | line 2, column 1: key 'name' stands here a second time
          name: tiny    | name: ../tiny  | line 1: name: expected letters, digits
          name: tiny    | nam: tiny      | line 1: unknown key 'nam'; did you mean 'name'?
          name: tiny    | clip: 1        | unknown key 'clip'
          model: bahdanau | model: badanau | line 13: unknown model 'badanau'; did you mean 'bahdanau'?; known: bahdanau, gru-seq2seq, lstm-seq2seq, luong
          - {model: bahdanau, hidden: 8, embedding: 4} | - bahdanau | line 13: models.1: expected keys and values
          model: bahdanau | modell: bahdanau | line 13: models.1: expected an entry such as {model: NAME}
          task: reverse | task: revers   | line 10: unknown task 'revers'; did you mean 'reverse'?; known:
          length: [1, 5] | length: 5     | line 10: tasks.0.length: expected a list
          length: [1, 5] | length: [1, x] | line 10: tasks.0.length.1: expected a whole number, but found 'x'
          length: [1, 5] | length: [5, 1] | line 10: tasks.0: length is [5, 1]
          model: bahdanau, hidden: 8 | model: luong, score: dott, hidden: 8 | line 13: models.1.score: expected one of dot, general, concat, location, but found 'dott'; did you mean 'dot'?
          model: bahdanau, hidden: 8 | model: bahdanau, hiden: 8 | line 13: unknown key 'hiden' in models.1; did you mean 'hidden'?
          model: bahdanau, hidden: 8 | model: lstm-seq2seq, hidden: 8 | line 13: models.1 is the same as models.0
          """)
  void saysWhatAndWhere(String valid, String wrong, String expected) {
    String yaml = Tiny.CONFIG.replace(valid, wrong);
    assertTrue(!yaml.equals(Tiny.CONFIG), valid);
    UserError e = assertThrows(UserError.class, () -> Tiny.config(folder, yaml));
    assertTrue(e.getMessage().contains(expected), e.getMessage());
    assertTrue(e.getMessage().startsWith(folder.resolve("config.yaml").toString()), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          train.stepz=5       | --set train.stepz=5: unknown key 'stepz' in train; did you mean 'steps'?
          train.steps=few     | --set train.steps=few: train.steps: expected a whole number
          train.steps=0       | --set train.steps=0: train: steps: must be at least 1, found 0
          train.steps.x=5     | --set train.steps.x=5: train.steps is 12 and has no 'x'
          train.steps         | --set train.steps: expected path.to.key=value
          train.steps=[1      | is not valid YAML
          =5                  | expected a path such as train.steps
          models.luong.hidden=5 | --set models.luong.hidden=5: models has no entry 'luong'
          grid.name=[a, b]    | grid: 'name' cannot vary
          grid={train.stepz: [1]} | grid train.stepz=1: unknown key 'stepz'
          grid={train.steps: []} | grid.train.steps: needs at least one entry
          """)
  void overridesAreCheckedLikeTheFile(String override, String expected) {
    UserError e = assertThrows(UserError.class, () -> Tiny.config(folder, Tiny.CONFIG, override));
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }

  @Test
  void missingAndEmptyFiles() {
    Path missing = folder.resolve("missing.yaml");
    UserError e =
        assertThrows(
            UserError.class, () -> ExperimentConfig.read(missing, List.of(), Tiny.REGISTRY));
    assertEquals("config " + missing + ": there is no such file", e.getMessage());
    e = assertThrows(UserError.class, () -> Tiny.config(folder, ""));
    assertTrue(e.getMessage().endsWith("expected keys and values, but found nothing"));
    e = assertThrows(UserError.class, () -> Tiny.config(folder, "name: a\ntasks: [{task: copy}]"));
    assertTrue(e.getMessage().endsWith("models: expected a list, [a, b], but found nothing"));
  }
}
