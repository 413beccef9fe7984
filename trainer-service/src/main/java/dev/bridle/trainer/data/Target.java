package dev.bridle.trainer.data;

import java.util.List;

/**
 * A column that is to be predicted, as its file holds it.
 *
 * @param classes every label, numbers by size, else by name; a class's index is its position. Empty
 *     for numbers
 */
public record Target(String column, List<String> classes) {
  public Target {
    classes = List.copyOf(classes);
  }

  public boolean hasClasses() {
    return !classes.isEmpty();
  }
}
