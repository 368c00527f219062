package seqmark.model.snail;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import seqmark.compute.Graph;
import seqmark.model.snail.SnailConfig.Parts;

class BlocksTest {
  private static List<Integer> widths(int hidden, Parts parts, int length) {
    return blocks(hidden, parts, length).all().stream().flatMap(BlocksTest::widths).toList();
  }

  private static Stream<Integer> widths(Block block) {
    return block instanceof TemporalConvolution t
        ? t.series().stream().map(DenseBlock::width)
        : Stream.of(block.width());
  }

  private static Blocks blocks(int hidden, Parts parts, int length) {
    return Blocks.of(new Graph(false), new SnailConfig(hidden, 64, parts, 0), length);
  }

  @Test
  void thePapersNetForFiveShots() {
    assertEquals(
        List.of(32, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 256),
        widths(1696, Parts.BOTH, 26));
    assertEquals(64 + 1696, blocks(1696, Parts.BOTH, 26).width());
    AttentionBlock last = (AttentionBlock) blocks(1696, Parts.BOTH, 26).all().getLast();
    assertEquals(512, last.keyWidth());
  }

  @Test
  void allIsSharedOutWhateverTheWidth() {
    for (int hidden = 100; hidden < 150; hidden++) {
      for (Parts parts : Parts.values()) {
        assertEquals(64 + hidden, blocks(hidden, parts, 30).width());
      }
    }
  }

  @Test
  void nothingIsTooNarrow() {
    assertEquals(List.of(1, 1, 1), widths(1, Parts.ATTENTION, 9));
  }

  @Test
  void dilationsReachOverTheLongestSequence() {
    assertEquals(2 * 3, widths(60, Parts.TC, 8).size());
    assertEquals(2 * 4, widths(60, Parts.TC, 9).size());
  }
}
