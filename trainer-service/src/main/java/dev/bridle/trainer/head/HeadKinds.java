package dev.bridle.trainer.head;

import dev.bridle.trainer.data.PreparedData;
import dev.bridle.trainer.data.TargetColumn;
import dev.bridle.trainer.spec.HeadSpec;
import java.util.List;
import java.util.function.BiFunction;

/** The catalog: a further kind of head is a file and a line here. */
final class HeadKinds {
  /**
   * @param cells what the columns hold that such a head predicts
   * @param head makes it, what it scales by fitted on the training rows
   */
  private record Kind<S extends HeadSpec>(
      Class<S> spec, TargetColumn.Kind cells, BiFunction<S, PreparedData, Head> head) {
    Head head(HeadSpec given, PreparedData data) {
      return head.apply(spec.cast(given), data);
    }
  }

  private static final List<Kind<?>> ALL =
      List.of(
          new Kind<>(HeadSpec.Classification.class, TargetColumn.Kind.CLASS, Classification::of),
          new Kind<>(HeadSpec.Regression.class, TargetColumn.Kind.NUMBER, Regression::fitted),
          new Kind<>(HeadSpec.MultiLabel.class, TargetColumn.Kind.FLAG, MultiLabel::of));

  private HeadKinds() {}

  static List<TargetColumn> columns(HeadSpec spec) {
    TargetColumn.Presence presence =
        spec.partial() ? TargetColumn.Presence.OPTIONAL : TargetColumn.Presence.REQUIRED;
    TargetColumn.Kind cells = kind(spec).cells();
    return spec.columns().stream()
        .map(column -> new TargetColumn(column, cells, presence))
        .toList();
  }

  static Head head(HeadSpec spec, PreparedData data) {
    return kind(spec).head(spec, data);
  }

  private static Kind<?> kind(HeadSpec spec) {
    return ALL.stream().filter(kind -> kind.spec().isInstance(spec)).findFirst().orElseThrow();
  }
}
