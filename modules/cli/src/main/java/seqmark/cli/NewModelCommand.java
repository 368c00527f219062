package seqmark.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import seqmark.harness.Registry;
import seqmark.harness.UserError;

/** {@code seqmark new-model}: the start of a plug-in. */
@Command(
    name = "new-model",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a Maven project of a model of your own, outside of this one, to start from.",
      "It builds, is tested against the model contract and trains; its README says how."
    })
final class NewModelCommand implements Callable<Integer> {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

  @Parameters(
      paramLabel = "NAME",
      description = "The model's id: letters a-z, digits and '-', for instance my-model.")
  private String name;

  @Option(
      names = "--dir",
      required = true,
      paramLabel = "DIR",
      description = "The project's folder; it must be empty or not there yet.")
  private Path folder;

  private final Screen screen;

  NewModelCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    String java = name.replace("-", "");
    if (!NAME.matcher(name).matches() || !SourceVersion.isName(java)) {
      throw new UserError(
          "NAME: expected words of letters a-z and digits, joined by '-', that are no keyword of"
              + " Java, found '"
              + name
              + "'");
    }
    if (Registry.builtIn().models().stream().anyMatch(m -> m.id().equals(name))) {
      throw new UserError("NAME: there is a model '" + name + "' already; choose another");
    }
    String type =
        Arrays.stream(name.split("-")).map(NewModelCommand::capital).collect(Collectors.joining());
    String sources = "src/main/java/";
    Map<String, String> files = new LinkedHashMap<>();
    files.put("pom.xml", "pom.xml");
    files.put("README.md", "README.md");
    files.put("config.yaml", "config.yaml");
    files.put(".gitignore", "gitignore");
    files.put(sources + "module-info.java", "module-info.java");
    files.put(sources + java + "/" + type + ".java", "Model.java");
    files.put("src/test/java/" + java + "/" + type + "Test.java", "ModelTest.java");
    Map<String, String> words =
        Map.of(
            "@name@", name,
            "@package@", java,
            "@class@", type,
            "@version@", Main.version(),
            "@seqmark@", home().toString());
    requireEmpty();
    files.forEach((file, template) -> write(file, filled(template, words)));
    screen.out().println("Project: " + folder + " (its README.md has the commands)");
    return Exit.OK;
  }

  private static String capital(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }

  private void requireEmpty() {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> inside = Files.list(folder)) {
      if (inside.findAny().isPresent()) {
        throw new UserError("--dir " + folder + ": is not empty; choose another folder");
      }
    } catch (IOException e) {
      throw new UserError("--dir " + folder + ": is no folder", e);
    }
  }

  private void write(String name, String text) {
    Path file = folder.resolve(name);
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UserError("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  private static String filled(String template, Map<String, String> words) {
    String resource = "new-model/" + template + ".txt";
    try (InputStream in = NewModelCommand.class.getResourceAsStream(resource)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (Map.Entry<String, String> word : words.entrySet()) {
        text = text.replace(word.getKey(), word.getValue());
      }
      return text;
    } catch (IOException e) {
      throw new IllegalStateException(resource + " cannot be read", e);
    }
  }

  /** The folder of Seqmark, above that of this class or jar: {@code modules/cli/target/...}. */
  private static Path home() {
    try {
      Path code = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path up = code;
      while (up != null && !Files.isRegularFile(up.resolve("seqmark"))) {
        up = up.getParent();
      }
      return up == null ? code : up;
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the program's place is no path", e);
    }
  }
}
