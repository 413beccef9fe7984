package dev.bridle.monitor;

import dev.bridle.events.EpochCompleted;
import dev.bridle.events.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** The curves that tests speak of. */
public final class Curves {
  public static final RunId RUN = new RunId("digits-k3f9qa");
  public static final Instant START = Instant.parse("2026-11-23T06:00:00Z");

  private Curves() {}

  /** Training loss falls throughout; validation loss falls till epoch 20 and rises from there. */
  public static List<EpochCompleted> overfitting(int epochs) {
    return curve(epochs, e -> 2.0 / e, e -> e <= 20 ? 2.0 / e + 0.05 : 0.15 + 0.05 * (e - 20));
  }

  /** Both fall throughout, side by side. */
  public static List<EpochCompleted> healthy(int epochs) {
    return curve(epochs, e -> 2.0 / e, e -> 2.0 / e + 0.05);
  }

  /** Both stop falling after epoch 5. */
  public static List<EpochCompleted> plateau(int epochs) {
    return curve(epochs, e -> 2.0 / Math.min(e, 5), e -> 2.1 / Math.min(e, 5));
  }

  /** Healthy, but for one epoch whose losses are NaN. */
  public static List<EpochCompleted> withNaN(int epochs, int at) {
    return curve(
        epochs, e -> e == at ? Double.NaN : 2.0 / e, e -> e == at ? Double.NaN : 2.0 / e + 0.05);
  }

  /** Rises without end, to infinity. */
  public static List<EpochCompleted> diverging(int epochs) {
    return curve(epochs, e -> Math.pow(10, 60.0 * e), e -> Math.pow(10, 60.0 * e));
  }

  public static List<EpochCompleted> curve(
      int epochs, IntToDoubleFunction training, IntToDoubleFunction validation) {
    return IntStream.rangeClosed(1, epochs)
        .mapToObj(
            e ->
                epoch(
                    1,
                    e,
                    Map.of(
                        "trainingLoss",
                        training.applyAsDouble(e),
                        "validationLoss",
                        validation.applyAsDouble(e))))
        .toList();
  }

  public static EpochCompleted epoch(int attempt, int epoch, Map<String, Double> metrics) {
    return new EpochCompleted(RUN, attempt, epoch, metrics, START.plusSeconds(epoch));
  }
}
