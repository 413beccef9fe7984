package dev.bridle.inference.engine;

import dev.bridle.inference.graph.ModelRefusedException;
import dev.bridle.inference.mask.Masks;
import dev.bridle.inference.uncertainty.KeptSamples;
import dev.bridle.inference.uncertainty.OutputKind;
import dev.bridle.inference.uncertainty.SampleAccumulator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** One request on its way through the suffix. Not thread-safe. */
final class SamplingRun {
  private static final int NO_ROW = -1;

  /** A live Dropout's masks: drawn once a sample, then copied to each row of it. */
  private record Layer(Masks masks, float[] mask, RowBlock block) {}

  private final Network suffix;
  private final Workspace workspace;
  private final SamplingPlan plan;
  private final Map<String, float[]> values;
  private final List<Layer> layers = new ArrayList<>();
  private final Map<String, SampleAccumulator> moments = new HashMap<>();
  private final Map<String, KeptSamples> kept = new HashMap<>();
  private final List<Integer> active;
  private final int[] rowAt;
  private final int[] copiedAt;
  private int filled;
  private int drawn;

  SamplingRun(
      MonteCarlo model,
      Workspace workspace,
      Map<String, float[]> request,
      int rows,
      SamplingPlan plan,
      Map<String, OutputKind> kinds) {
    this.suffix = model.suffix();
    this.workspace = workspace;
    this.plan = plan;
    this.values = model.frontier().values(request, rows);
    this.active = new ArrayList<>(IntStream.range(0, rows).boxed().toList());
    this.rowAt = new int[workspace.rows()];
    this.copiedAt = new int[workspace.rows()];
    Arrays.fill(copiedAt, NO_ROW);
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
    model.layers().forEach(layer -> layers.add(layer(layer)));
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

  private Layer layer(MaskedLayer layer) {
    return new Layer(
        plan.method().masks(layer.dropout(), plan.samples(), plan.seed()),
        new float[layer.dropout().units()],
        workspace.block(layer.input()));
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
    return drawn;
  }

  StopReason draw() {
    while (drawn < plan.samples()) {
      layers.forEach(layer -> layer.masks().next(layer.mask()));
      drawn++;
      active.forEach(this::put);
      if (plan.target().isPresent() && drawn % SamplingPlan.LOOK_EVERY == 0) {
        run();
        active.removeIf(this::isNearEnough);
        if (active.isEmpty()) {
          return StopReason.TARGET_SE;
        }
      }
      if (drawn < plan.samples() && plan.deadline().isOver()) {
        run();
        return StopReason.DEADLINE;
      }
    }
    run();
    return StopReason.SAMPLES;
  }

  private boolean isNearEnough(int row) {
    return moments.values().stream()
        .allMatch(output -> plan.target().orElseThrow().isReached(output, row));
  }

  private void put(int row) {
    if (copiedAt[filled] != row) {
      values.forEach(
          (name, data) -> {
            RowBlock block = workspace.block(name);
            block.put(filled, data, row * block.units());
          });
      copiedAt[filled] = row;
    }
    layers.forEach(layer -> layer.block().put(filled, layer.mask(), 0));
    rowAt[filled++] = row;
    if (filled == rowAt.length) {
      run();
    }
  }

  /** Runs the block, the rest of it padded by what it held before. */
  private void run() {
    if (filled == 0) {
      return;
    }
    suffix
        .runTensors(workspace.tensors(), moments.keySet())
        .forEach(
            (name, tensor) -> {
              SampleAccumulator samples = moments.get(name);
              KeptSamples all = kept.get(name);
              float[] outputs = tensor.floats();
              for (int slot = 0; slot < filled; slot++) {
                samples.add(rowAt[slot], outputs, slot * samples.units());
                if (all != null) {
                  all.add(rowAt[slot], outputs, slot * samples.units());
                }
              }
            });
    filled = 0;
  }
}
