package seqmark.report.markup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ElementTest {
  @Test
  void escapesTextAndAttributes() {
    Element p = Element.of("b", "a < b & \"c\"").with("title", "<\">");
    assertEquals("<b title=\"&lt;&quot;&gt;\">a &lt; b &amp; &quot;c&quot;</b>", p.toString());
  }

  @Test
  void replacesWhatMarkupCannotHold() {
    assertEquals("<b>\uFFFD\uFFFD\uFFFD\t</b>", Element.of("b", "\0\u001b\ud800\t").toString());
    assertEquals("<b>日本 𝄞</b>", Element.of("b", "日本 𝄞").toString());
  }

  @Test
  void closesElementsAsHtmlWantsIt() {
    assertEquals("<td></td>", Element.of("td").toString());
    assertEquals("<br/>", Element.of("br").toString());
  }

  @Test
  void takesListsAsChildren() {
    Element list = Element.of("b", List.of(Element.of("i", 1), Element.of("i", 2)), 3);
    assertEquals("<b><i>1</i><i>2</i>3</b>", list.toString());
  }
}
