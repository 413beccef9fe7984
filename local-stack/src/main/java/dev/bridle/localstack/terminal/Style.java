package dev.bridle.localstack.terminal;

/** How a piece of text looks on a terminal with colors. */
public enum Style {
  BOLD("1"),
  DIM("2"),
  RED("31"),
  GREEN("32"),
  YELLOW("33"),
  BLUE("94"),
  ORANGE("38;5;208"),
  CYAN("36");

  private final String code;

  Style(String code) {
    this.code = code;
  }

  String around(String text) {
    return "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
