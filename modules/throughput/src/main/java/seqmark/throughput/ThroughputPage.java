package seqmark.throughput;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import seqmark.harness.ThroughputConfig.Work;
import seqmark.report.Document;
import seqmark.report.Numbers;
import seqmark.report.chart.XyChart;
import seqmark.report.markup.Element;

/** The page: what it is about, the machine's peaks, each part of models' lives, how it was done. */
final class ThroughputPage {
  private static final List<String> RULES =
      List.of(
          "Rows are compared within this run on this machine only. Every row comes from a virtual "
              + "machine of its own, started by JMH with the flags below; none has seen another "
              + "model, shape or backend.",
          "Gate: in that virtual machine, before anything is timed, the timed program itself steps "
              + "at its full shape, once with its data moved and once more on resident data, and "
              + "what it leaves is compared with the float64 reference on the same weights: for "
              + "training loss, gradient norm, all weights and, by way of Adam's moments, all "
              + "gradients; for forward loss and all logits; for generation logits and carry. No "
              + "number may be off by more than 1e-3 of the largest of its tensor (gradients: or of 1% "
              + "of the largest of all; weights: of the learning rate). Dropout is off. The batch repeats as many "
              + "sequences as the table says, which is all that the slow reference has to compute: "
              + "logits repeat too, and mean loss and gradients are the same. Behind a red gate there "
              + "is no number.",
          "Compile: tracing, gradients, memory plan, choice of kernels; for generation also reading the "
              + "source. Cold first step: the one after, "
              + "data moved; where a backend compiles kernels when they first run, that is in it, and "
              + "“kernels kept on disk” below says whether drivers could take them from earlier runs. "
              + "Both once, in a virtual machine that has just started and has traced no model before.",
          "Data moved: tokens go in, then for training loss and gradient norm come out, for forward the "
              + "loss, for generation carry goes in too and logits and carry come out. Data resident: "
              + "the same program again on what lies there. Iterations take turns between "
              + "the two. Kernels only: by the device's profiler, in "
              + "a run of its own; Java on the CPU has none, and there resident is nearly that.",
          "Intervals are 95% intervals over iterations (Student's t on logarithms). They do not cover "
              + "what changes from one start of a virtual machine to the next, unless the config asks "
              + "for several forks. That of a speed-up comes from those of both sides: half-widths on "
              + "logarithms, squared and added.",
          "Tokens are target tokens, ends included; sources are as long and not counted. Generation is "
              + "one position of every sequence.",
          "FLOPs and bytes are counted from the graph: a multiply-add is two FLOPs, exp or tanh eight, "
              + "every tensor is moved once per op. So GB/s may exceed what the memory can do, where "
              + "caches hold what ops hand on.",
          "There is no scalar build of the kernels. Java's Vector API has no vector of one number, and "
              + "with its intrinsics switched off vectors become objects, some 60 times slower: a "
              + "straw man. The row with 128-bit vectors is the same kernels with the narrowest vectors "
              + "they have (4 numbers, as SSE and NEON) and the compiler's own vectorisation off. The "
              + "scalar column above is computed: no scalar code on this core can be faster.");

  private final Measurements all;
  private final Document document = new Document();

  ThroughputPage(Measurements all) {
    this.all = all;
  }

  /** Writes the page and its charts; returns the page. */
  Path write(Path folder) {
    Element main = Element.of("main", cards(), new MachinePeaks(all).section());
    for (Work work : all.config().work()) {
      main.add(section(work));
    }
    main.add(exponents(), method());
    return document.write(folder, all.config().name(), header(), main);
  }

  private Element header() {
    long lost = all.rows().stream().filter(r -> !r.failure().isEmpty()).count();
    String size =
        "%d models, %d backends, %s%d cases%s"
            .formatted(
                all.config().models().size(),
                all.config().backends().size(),
                all.complete() ? "" : all.rows().size() + " of ",
                all.cases(),
                lost == 0 ? ", all gates green" : ", " + lost + " without a number");
    Element nav = Element.of("nav");
    for (Work work : all.config().work()) {
      nav.add(Element.of("a", name(work)).with("href", "#" + name(work)), " ");
    }
    nav.add(
        Element.of("a", "cost against length").with("href", "#exponents"),
        " ",
        Element.of("a", "how this was measured").with("href", "#method"));
    return Element.of(
        "header",
        Element.of("p", "Seqmark throughput report").with("class", "kicker"),
        Element.of("h1", all.config().name()),
        Element.of("p", size).with("class", "note"),
        nav);
  }

  private Element cards() {
    Element cards = Element.of("div").with("class", "cards");
    cards.add(card("What this compares", all.device(), ""));
    for (Work work : all.config().work()) {
      fastest(work).ifPresent(cards::add);
    }
    Element above = Element.of("div", cards);
    if (all.quick()) {
      above.add(
          warning(
              "Not for quoting",
              "Measured with --quick: iterations are far too short to mean anything."));
    }
    if (!all.complete()) {
      above.add(
          warning(
              "Not complete",
              "%d of %d cases are through: the run goes on, or it was stopped."
                  .formatted(all.rows().size(), all.cases())));
    }
    if (all.busy().orElse(0) > Busy.LIMIT) {
      above.add(
          warning(
              "The machine was busy",
              "Before the first measurement other processes used "
                  + Numbers.percent(all.busy().getAsDouble())
                  + " of the cores: speeds are lower than they could be."));
    }
    return above;
  }

  private static Element warning(String headline, String text) {
    return Element.of("div", Element.of("p", Element.of("b", headline)), Element.of("p", text))
        .with("class", "card warning");
  }

  /** The best speed of a part of life, where it is longest and widest. */
  private Optional<Element> fastest(Work work) {
    int batch = Collections.max(all.config().batch());
    int length = Collections.max(all.config().length());
    return all.rows().stream()
        .filter(r -> r.of().work() == work && r.of().batch() == batch)
        .filter(r -> r.of().length() == length && r.tokensPerSecond().isPresent())
        .max((a, b) -> Double.compare(speed(a), speed(b)))
        .map(r ->
            card(
                name(work),
                "%s on %s: %s tokens/s"
                    .formatted(r.of().model(), r.of().backend(), Numbers.count(speed(r))),
                "The fastest at batch %d and length %d.".formatted(batch, length)));
  }

  private static double speed(Row row) {
    return row.tokensPerSecond().orElseThrow().mean();
  }

  private static Element card(String kicker, String headline, String note) {
    return Element.of(
            "div",
            Element.of("p", kicker).with("class", "kicker"),
            Element.of("p", headline).with("class", "headline"),
            Element.of("p", note).with("class", "note"))
        .with("class", "card");
  }

  private Element section(Work work) {
    SpeedCharts charts = new SpeedCharts(all, work, document.gallery());
    Element section = Element.of("section", Element.of("h2", name(work)));
    SpeedTable table = new SpeedTable(all, work);
    section.add(
        Element.of(
                "p",
                "At batch %d and length %d; all other shapes stand at the end of this section."
                    .formatted(
                        Collections.max(all.config().batch()),
                        Collections.max(all.config().length())))
            .with("class", "note"),
        table.largest());
    add(section, "Speed", "Data moved; bands are 95% intervals.", charts.speeds());
    add(
        section,
        "Speed-up over the CPU",
        "Against Java on all cores with all vectors, the same model and shape.",
        charts.speedUps());
    add(
        section,
        "Achieved rates",
        "Data resident; the dotted line is the peak that was measured in this run with as many "
            + "threads.",
        charts.rates());
    add(section, "Memory", "Parameters, state and step memory.", charts.memory());
    section.add(
        Element.of("h3", "All shapes"),
        Element.of("details", Element.of("summary", "Every case"), table.everything()));
    return section.with("id", name(work));
  }

  private void add(Element section, String title, String note, List<XyChart> charts) {
    if (!charts.isEmpty()) {
      section.add(
          Element.of("h3", title),
          Element.of("p", note).with("class", "note"),
          Element.of("div", charts.stream().map(document.gallery()::figure).toList())
              .with("class", "charts"));
    }
  }

  private Element exponents() {
    return Element.of(
            "section",
            Element.of("h2", "Cost against length"),
            Element.of(
                    "p",
                    "In theory self-attention costs n², encoder–decoder attention n·m (here m = n), "
                        + "recurrence, scan and convolution n. “In the end” is the power that the "
                        + "model's own graph must reach, with the ops that do; “counted here” is "
                        + "fitted to its FLOPs over the lengths of this run, which are often too "
                        + "short for the end; the rest is fitted to the measured time of resident "
                        + "steps by least squares of logarithms, with its 95% interval.")
                .with("class", "note"),
            new ExponentTable(all).table())
        .with("id", "exponents");
  }

  private Element method() {
    List<Element> facts = new ArrayList<>();
    for (Map.Entry<String, String> fact : all.machine().entrySet()) {
      facts.add(Cells.row(fact.getKey(), Element.of("td", Element.of("code", fact.getValue()))));
    }
    return Element.of(
            "section",
            Element.of("h2", "How this was measured"),
            Element.of("ul", RULES.stream().map(rule -> Element.of("li", rule)).toList()),
            Element.of("h3", "Machine and versions"),
            Element.of(
                    "div", Element.of("table", Element.of("tbody", facts)).with("class", "facts"))
                .with("class", "scroll"),
            Element.of("h3", "Config"),
            Element.of("pre", Element.of("code", all.config().yaml().strip())))
        .with("id", "method");
  }

  private static String name(Work work) {
    return work.name().toLowerCase(Locale.ROOT);
  }
}
