package seqmark.nn.io;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * As much JSON as a safetensors header has: objects, arrays, texts and whole numbers. Objects are
 * maps, arrays lists, texts strings, numbers longs.
 */
final class Json {
  /** Deep enough for any header, and far from overflowing the stack. */
  private static final int MAXIMUM_DEPTH = 16;

  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  /**
   * Reads a text.
   *
   * @throws IllegalArgumentException naming the character where it stops being such JSON
   */
  static Object parse(String text) {
    Json json = new Json(text);
    Object value = json.value(0);
    json.skipSpace();
    if (json.at < text.length()) {
      throw json.wrong("the end");
    }
    return value;
  }

  private Object value(int depth) {
    if (depth > MAXIMUM_DEPTH) {
      throw wrong("fewer nested brackets");
    }
    return switch (peek()) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> string();
      default -> number();
    };
  }

  private Map<String, Object> object(int depth) {
    Map<String, Object> members = new LinkedHashMap<>();
    expect('{');
    while (peek() != '}') {
      if (!members.isEmpty()) {
        expect(',');
      }
      String name = string();
      expect(':');
      if (members.put(name, value(depth + 1)) != null) {
        throw new IllegalArgumentException("header: " + quote(name) + " occurs twice");
      }
    }
    expect('}');
    return members;
  }

  private List<Object> array(int depth) {
    List<Object> elements = new ArrayList<>();
    expect('[');
    while (peek() != ']') {
      if (!elements.isEmpty()) {
        expect(',');
      }
      elements.add(value(depth + 1));
    }
    expect(']');
    return elements;
  }

  private String string() {
    expect('"');
    StringBuilder s = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"') {
      char c = text.charAt(at++);
      s.append(c == '\\' ? escaped() : c);
    }
    if (at == text.length()) {
      throw wrong("a closing quote");
    }
    at++;
    return s.toString();
  }

  private char escaped() {
    char c = at < text.length() ? text.charAt(at++) : 0;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> hexadecimal();
      default -> throw wrong("an escape");
    };
  }

  private char hexadecimal() {
    int end = at + 4;
    if (end > text.length() || !text.substring(at, end).matches("[0-9a-fA-F]{4}")) {
      throw wrong("four hexadecimal digits");
    }
    char c = (char) Integer.parseInt(text, at, end, 16);
    at = end;
    return c;
  }

  private Long number() {
    int start = at;
    while (at < text.length() && Character.isDigit(text.charAt(at))) {
      at++;
    }
    if (at == start || at - start > 18) {
      at = start;
      throw wrong("a value");
    }
    return Long.valueOf(text.substring(start, at));
  }

  private char peek() {
    skipSpace();
    return at < text.length() ? text.charAt(at) : 0;
  }

  private void expect(char c) {
    if (peek() != c) {
      throw wrong("'" + c + "'");
    }
    at++;
  }

  private void skipSpace() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private IllegalArgumentException wrong(String expected) {
    return new IllegalArgumentException(
        "no safetensors header: expected " + expected + " at character " + at);
  }

  /** A value that has to be an object. */
  static Map<String, Object> object(Object value, String what) {
    if (!(value instanceof Map<?, ?> members)) {
      throw new IllegalArgumentException(what + ": expected an object");
    }
    Map<String, Object> named = new LinkedHashMap<>();
    members.forEach((name, member) -> named.put((String) name, member));
    return named;
  }

  /** A value that has to be a text. */
  static String text(Object value, String what) {
    if (!(value instanceof String s)) {
      throw new IllegalArgumentException(what + ": expected a text");
    }
    return s;
  }

  /** A value that has to be an array of whole numbers of at least 0. */
  static long[] numbers(Object value, String what) {
    if (!(value instanceof List<?> list) || !list.stream().allMatch(Long.class::isInstance)) {
      throw new IllegalArgumentException(what + ": expected an array of whole numbers");
    }
    return list.stream().mapToLong(n -> (Long) n).toArray();
  }

  /** A text as JSON. */
  static String quote(String s) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : s.toCharArray()) {
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append("\\u%04x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
