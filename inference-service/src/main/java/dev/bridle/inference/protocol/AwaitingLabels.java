package dev.bridle.inference.protocol;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Answers whose truth isn't known yet, by model and id. Of more rows than there is room for the
 * oldest answers are forgotten; one of more rows than that is never remembered. Thread-safe.
 */
final class AwaitingLabels {
  private record Key(String model, String id) {}

  private final int mostRows;
  private final Map<Key, InferAnswer> answers = new LinkedHashMap<>();
  private int rows;

  AwaitingLabels(int mostRows) {
    this.mostRows = mostRows;
  }

  synchronized void remember(InferAnswer answer) {
    take(answer.model().model(), answer.id());
    if (rows(answer) > mostRows) {
      return;
    }
    answers.put(new Key(answer.model().model(), answer.id()), answer);
    rows += rows(answer);
    Iterator<InferAnswer> oldest = answers.values().iterator();
    while (rows > mostRows) {
      rows -= rows(oldest.next());
      oldest.remove();
    }
  }

  synchronized Optional<InferAnswer> find(String model, String id) {
    return Optional.ofNullable(answers.get(new Key(model, id)));
  }

  /** Forgets it, and says whether it was there: of two who take it, one alone had it. */
  synchronized boolean take(String model, String id) {
    InferAnswer taken = answers.remove(new Key(model, id));
    rows -= taken == null ? 0 : rows(taken);
    return taken != null;
  }

  private static int rows(InferAnswer answer) {
    return answer.outputs().values().stream()
        .filter(tensor -> !tensor.shape().isEmpty())
        .mapToInt(tensor -> Math.toIntExact(tensor.shape().get(0)))
        .max()
        .orElse(1);
  }
}
