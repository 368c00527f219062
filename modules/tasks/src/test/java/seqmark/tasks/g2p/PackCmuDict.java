package seqmark.tasks.g2p;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Made {@code cmudict.txt.gz} of the npm package cmu-pronouncing-dictionary 3.0.0, and makes it
 * again:
 *
 * <pre>
 * npm pack cmu-pronouncing-dictionary@3.0.0 &amp;&amp; tar xzf cmu-pronouncing-dictionary-3.0.0.tgz
 * java PackCmuDict.java package/index.js cmudict.txt.gz
 * </pre>
 */
final class PackCmuDict {
  /** A line such as {@code "abkhazia(2)": "AE0 B K AA1 Z IY0 AH0 # place",}. */
  private static final Pattern ENTRY =
      Pattern.compile("  \"(?<word>[^\"(]+)(\\(\\d+\\))?\": \"(?<phonemes>[^\"#]+?)( *#.*)?\",?");

  private PackCmuDict() {}

  /** Reads the package's {@code index.js}, named first, and writes the file named second. */
  public static void main(String[] arguments) throws IOException {
    Map<String, String> lines = new LinkedHashMap<>();
    int entries = 0;
    for (String line : Files.readAllLines(Path.of(arguments[0]))) {
      Matcher entry = ENTRY.matcher(line);
      if (entry.matches()) {
        lines.merge(entry.group("word"), "\t" + entry.group("phonemes"), String::concat);
        entries++;
      } else if (line.contains("\": \"")) {
        throw new IllegalArgumentException("cannot read the entry " + line);
      }
    }
    try (OutputStream out = new SmallestGzip(Files.newOutputStream(Path.of(arguments[1])))) {
      for (Map.Entry<String, String> e : lines.entrySet()) {
        out.write((e.getKey() + e.getValue() + "\n").getBytes(StandardCharsets.US_ASCII));
      }
    }
    System.out.println(lines.size() + " words, " + entries + " entries");
  }

  /** Its header carries neither name nor time, so that the same text gives the same bytes. */
  private static final class SmallestGzip extends GZIPOutputStream {
    SmallestGzip(OutputStream out) throws IOException {
      super(out, 1 << 16);
      def.setLevel(Deflater.BEST_COMPRESSION);
    }
  }
}
