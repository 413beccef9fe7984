package dev.bridle.monitor.rule;

import dev.bridle.events.EpochCompleted;
import dev.bridle.events.MetricNames;
import dev.bridle.events.Severity;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Warns when a layer's weights no longer change.
 *
 * <p>A layer is unchanged iff |n - p| &lt;= absolute + relative * |p|, where n is its weightNorm
 * and p that of the epoch before which had it; NaN is a change. Unhealthy iff any layer is.
 * Resolved when every layer changes. Of more than 256 layers, the first 256 by name are watched.
 *
 * <p>Source: UnchangedTensor of Amazon SageMaker Debugger: rtol 1e-5, atol 1e-8, 3 steps. It
 * compares the elements; weights that change at equal norm look unchanged here.
 */
public final class UnchangedWeights implements Rule<UnchangedWeights.State> {
  private static final int MAX_LAYERS = 256;
  private static final String PREFIX = MetricNames.weightNorm("");

  static final RuleDefinition<State> DEFINITION =
      new RuleDefinition<>(
          "unchangedWeights",
          false,
          "Warns when a layer's weights no longer change.",
          List.of(
              Setting.number("relative", 1e-5, 0, "A change is larger than this share."),
              Setting.number("absolute", 1e-8, 0, "And larger than this on top of it."),
              Setting.wholeNumber("patience", 3, 1, "Epochs in a row before it warns.")),
          State.class,
          UnchangedWeights::new);

  private final double relative;
  private final double absolute;
  private final int patience;

  /**
   * What it remembers.
   *
   * @param norms the newest by layer
   */
  public record State(Map<String, Double> norms, Alarm alarm) {
    public State {
      norms = Map.copyOf(norms);
    }
  }

  private UnchangedWeights(Settings settings) {
    relative = settings.number("relative");
    absolute = settings.number("absolute");
    patience = settings.wholeNumber("patience");
  }

  @Override
  public State initial() {
    return new State(Map.of(), Alarm.QUIET);
  }

  @Override
  public Judged<State> judge(State state, EpochCompleted epoch) {
    Layers now = Layers.in(epoch, PREFIX).first(MAX_LAYERS);
    Judged<Alarm> judged = state.alarm().after(checkup(state.norms(), now.values()), patience);
    Map<String, Double> norms = now.values().isEmpty() ? state.norms() : now.values();
    return new Judged<>(new State(norms, judged.state()), judged.verdict());
  }

  private Checkup checkup(Map<String, Double> before, Map<String, Double> now) {
    SortedMap<String, Double> compared = new TreeMap<>(now);
    compared.keySet().retainAll(before.keySet());
    if (compared.isEmpty()) {
      return Checkup.notMeasured();
    }
    compared.entrySet().removeIf(layer -> changed(before.get(layer.getKey()), layer.getValue()));
    return compared.isEmpty()
        ? Checkup.healthy()
        : Checkup.unhealthy(
            () ->
                new Layers(PREFIX, compared)
                    .alert(
                        Severity.WARNING,
                        "Unchanged weights",
                        Map.of("relative", relative, "absolute", absolute),
                        "Raise the learning rate, unfreeze the layer if it should learn, or weaken the"
                            + " penalties that hold it."));
  }

  private boolean changed(double before, double now) {
    return !(Math.abs(now - before) <= absolute + relative * Math.abs(before));
  }
}
