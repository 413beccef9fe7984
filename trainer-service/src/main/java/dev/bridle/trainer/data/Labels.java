package dev.bridle.trainer.data;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The order of labels and of categories. */
final class Labels {
  private Labels() {}

  /** By size if all are whole numbers, else by name. */
  static List<String> sorted(Collection<String> labels) {
    boolean numbers = labels.stream().allMatch(label -> label.matches("-?\\d{1,15}"));
    Comparator<String> order =
        numbers ? Comparator.comparingLong(Long::parseLong) : Comparator.naturalOrder();
    return labels.stream().sorted(order).toList();
  }
}
