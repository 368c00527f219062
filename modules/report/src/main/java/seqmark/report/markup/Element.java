package seqmark.report.markup;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An HTML or SVG element. Text and attributes are kept as they are and escaped when the element is
 * printed: what users write cannot become markup. Only {@link Verbatim} is printed as it is.
 *
 * <p>The output is well-formed XML and, for HTML, means the same to an HTML parser.
 */
public final class Element {
  /** Elements without an end tag. */
  private static final Set<String> EMPTY = Set.of("br", "link", "meta", "circle");

  /** Elements before which a new line may stand: white space around them is not shown. */
  private static final Set<String> BLOCKS =
      Set.of(
          "html",
          "head",
          "body",
          "meta",
          "style",
          "title",
          "header",
          "main",
          "section",
          "footer",
          "nav",
          "h1",
          "h2",
          "h3",
          "p",
          "div",
          "figure",
          "figcaption",
          "table",
          "caption",
          "thead",
          "tbody",
          "tr",
          "ul",
          "li",
          "details",
          "summary",
          "svg",
          "circle");

  private final String name;
  private final Map<String, String> attributes = new LinkedHashMap<>();
  private final List<Object> children = new ArrayList<>();

  private Element(String name) {
    this.name = name;
  }

  /**
   * An element with these children.
   *
   * @param children elements, lists of children, or anything else, which becomes text
   */
  public static Element of(String name, Object... children) {
    return new Element(name).add(children);
  }

  /** Sets an attribute; returns this element. */
  public Element with(String attribute, Object value) {
    attributes.put(attribute, String.valueOf(value));
    return this;
  }

  /** Appends children, as in {@link #of}; returns this element. */
  public Element add(Object... more) {
    for (Object child : more) {
      if (child instanceof Iterable<?> list) {
        list.forEach(this::add);
      } else {
        children.add(child);
      }
    }
    return this;
  }

  /** This element as text. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    print(out);
    return out.toString();
  }

  private void print(StringBuilder out) {
    out.append('<').append(name);
    attributes.forEach((attribute, value) ->
        out.append(' ').append(attribute).append("=\"").append(escape(value)).append('"'));
    if (EMPTY.contains(name) && children.isEmpty()) {
      out.append("/>");
      return;
    }
    out.append('>');
    for (Object child : children) {
      if (child instanceof Element element) {
        if (BLOCKS.contains(element.name)) {
          out.append('\n');
        }
        element.print(out);
      } else if (child instanceof Verbatim finished) {
        out.append('\n').append(finished.markup());
      } else {
        out.append(escape(String.valueOf(child)));
      }
    }
    out.append("</").append(name).append('>');
  }

  /** The text with everything replaced that means something in markup or is not allowed in it. */
  private static String escape(String text) {
    return printable(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** The text with a replacement character for everything that markup cannot hold. */
  public static String printable(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints().forEach(c -> out.appendCodePoint(isAllowed(c) ? c : '\uFFFD'));
    return out.toString();
  }

  /** What XML 1.0 calls a Char, without the control characters that HTML forbids. */
  private static boolean isAllowed(int c) {
    return c == '\t'
        || c == '\n'
        || (c >= 0x20 && c < 0x7F)
        || (c >= 0xA0 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }
}
