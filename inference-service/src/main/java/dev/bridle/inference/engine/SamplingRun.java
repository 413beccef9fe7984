package dev.bridle.inference.engine;

import dev.bridle.inference.graph.ModelRefusedException;
import dev.bridle.inference.uncertainty.KeptSamples;
import dev.bridle.inference.uncertainty.OutputKind;
import dev.bridle.inference.uncertainty.SampleAccumulator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** One request on its way through the suffix. Not thread-safe. */
final class SamplingRun {
  private final Behind behind;
  private final SamplingPlan plan;
  private final List<LayerDraws> draws;
  private final Map<String, SampleAccumulator> moments = new HashMap<>();
  private final Map<String, KeptSamples> kept = new HashMap<>();
  private final List<Integer> active;
  private final int rows;

  SamplingRun(
      MonteCarlo model,
      Workspace workspace,
      Map<String, float[]> request,
      int rows,
      SamplingPlan plan,
      Map<String, OutputKind> kinds) {
    this.plan = plan;
    this.rows = rows;
    this.active = new ArrayList<>(IntStream.range(0, rows).boxed().toList());
    this.draws =
        model.layers().stream()
            .map(layer -> new LayerDraws(layer, plan.method(), plan.samples(), plan.seed()))
            .toList();
    Map<String, float[]> values = model.frontier().values(request, rows);
    this.behind =
        LastLayerRun.of(model.suffixes(), workspace, draws, plan, values)
            .<Behind>map(run -> run)
            .orElseGet(() -> new SuffixRun(model, workspace, draws, plan, values));
    model
        .outputs()
        .forEach(
            (name, shape) ->
                moments.put(
                    name,
                    accumulator(
                        rows, RowBlock.units(shape), kinds.getOrDefault(name, OutputKind.VALUES))));
    if (plan.keeping() == SamplingPlan.Keeping.SAMPLES) {
      keepSamples(rows);
    }
  }

  private void keepSamples(int rows) {
    long numbers =
        moments.values().stream().mapToLong(output -> (long) rows * output.units()).sum();
    if (numbers > KeptSamples.MOST_VALUES / plan.samples()) {
      throw new ModelRefusedException(
          "samples can be kept of at most %d numbers: were %d samples of %d numbers in %d rows"
              .formatted(KeptSamples.MOST_VALUES, plan.samples(), numbers, rows));
    }
    moments.forEach(
        (name, output) -> kept.put(name, new KeptSamples(plan.samples(), rows, output.units())));
  }

  private SampleAccumulator accumulator(int rows, int units, OutputKind kind) {
    return plan.method().isIndependent()
        ? SampleAccumulator.ofIndependent(rows, units, kind)
        : SampleAccumulator.ofDependent(rows, units, kind);
  }

  Map<String, SampleAccumulator> moments() {
    return moments;
  }

  /** The samples themselves, where the plan keeps them. */
  Optional<KeptSamples> kept(String output) {
    return Optional.ofNullable(kept.get(output));
  }

  /** T, of the row that has the most. */
  int samples() {
    SampleAccumulator any = moments.values().iterator().next();
    return IntStream.range(0, rows).map(any::samples).max().orElseThrow();
  }

  StopReason draw() {
    for (int drawn = 0; drawn < plan.samples(); ) {
      int samples = BlockSize.next(plan, drawn);
      for (LayerDraws layer : draws) {
        layer.upTo(drawn + samples);
      }
      try (Behind.Block block = behind.block(drawn, samples)) {
        for (int from = 0; from < active.size(); from += behind.rowsAtOnce()) {
          if (drawn > 0 && plan.deadline().isOver()) {
            return StopReason.DEADLINE;
          }
          int end = Math.min(active.size(), from + behind.rowsAtOnce());
          block.run(active.subList(from, end), moments, kept);
        }
      }
      drawn += samples;
      if (plan.target().isPresent() && drawn % SamplingPlan.LOOK_EVERY == 0) {
        active.removeIf(this::isNearEnough);
        if (active.isEmpty()) {
          return StopReason.TARGET_SE;
        }
      }
    }
    return StopReason.SAMPLES;
  }

  private boolean isNearEnough(int row) {
    return moments.values().stream()
        .allMatch(output -> plan.target().orElseThrow().isReached(output, row));
  }
}
