package dev.bridle.inference.engine;

import ai.onnxruntime.OnnxTensor;
import dev.bridle.inference.graph.FirstProduct;
import dev.bridle.inference.uncertainty.KeptSamples;
import dev.bridle.inference.uncertainty.SampleAccumulator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs the suffix for one row and some samples at a time. Not thread-safe. */
final class SuffixRun implements Behind {
  private final Suffixes suffixes;
  private final Map<String, List<Long>> shapes;
  private final Workspace workspace;
  private final Map<String, float[]> values;
  private final List<LayerDraws> masked = new ArrayList<>();
  private final List<Thinned> thinned = new ArrayList<>();
  private final Map<String, Thinning> thinnings = new HashMap<>();
  private final boolean paired;
  private final Optional<HalvedRun> halved;

  /**
   * A Dropout that was cut off.
   *
   * @param product whether its output is what the first product reads
   */
  private record Thinned(LayerDraws draws, String input, String data, boolean product) {}

  /**
   * @param values of the frontier, of all rows
   */
  SuffixRun(
      MonteCarlo model,
      Workspace workspace,
      List<LayerDraws> draws,
      SamplingPlan plan,
      Map<String, float[]> values) {
    this.suffixes = model.suffixes();
    this.shapes = model.suffixInputs();
    this.workspace = workspace;
    this.values = values;
    boolean opposite = false;
    for (LayerDraws layer : draws) {
      String input = layer.layer().input();
      boolean product = suffixes.isProduct(layer.layer());
      opposite |= product && plan.method().isPaired(layer.layer().dropout());
      layer
          .layer()
          .data()
          .ifPresentOrElse(
              data -> thinned.add(new Thinned(layer, input, data, product)),
              () -> masked.add(layer));
    }
    this.paired = opposite && suffixes.paired().isPresent();
    this.halved = HalvedRun.of(suffixes, workspace, draws, plan, values);
  }

  private Thinning thinning(Thinned layer) {
    return thinnings.computeIfAbsent(
        layer.input(),
        input ->
            new Thinning(
                layer.draws().layer().dropout().units(),
                layer.product() && suffixes.isOverActiveUnits()));
  }

  @Override
  public int rowsAtOnce() {
    return 1;
  }

  @Override
  public Block block(int first, int count) {
    Shared shared = shared(first, count);
    return new Block() {
      @Override
      public void run(
          List<Integer> rows,
          Map<String, SampleAccumulator> moments,
          Map<String, KeptSamples> kept) {
        rows.forEach(row -> SuffixRun.this.run(row, shared, moments, kept));
      }

      @Override
      public void close() {
        shared.close();
      }
    };
  }

  /** What all rows share: the samples, and the masks of the Dropouts that weren't cut off. */
  private record Shared(
      int first, Slots slots, Map<String, OnnxTensor> masks, List<HalfSampledProduct.Piece> pieces)
      implements AutoCloseable {
    @Override
    public void close() {
      masks.values().forEach(OnnxTensor::close);
    }
  }

  private Shared shared(int first, int count) {
    Slots slots = new Slots(count, paired && count % 2 == 0);
    Map<String, OnnxTensor> masks = new HashMap<>();
    for (LayerDraws layer : masked) {
      String input = layer.layer().input();
      layer.write(workspace.block(input), first, slots);
      masks.put(input, tensor(input, RowBlock.shape(slots.rows(), shapes.get(input))));
    }
    return new Shared(
        first, slots, masks, halved.map(run -> run.pieces(first, count)).orElse(List.of()));
  }

  private void run(
      int row,
      Shared shared,
      Map<String, SampleAccumulator> moments,
      Map<String, KeptSamples> kept) {
    Optional<HalvedRun> beside = halved.filter(run -> !shared.pieces().isEmpty() && run.take(row));
    Map<String, OnnxTensor> own = new HashMap<>();
    Map<String, OnnxTensor> outputs = new HashMap<>();
    try {
      Slots slots = shared.slots();
      Network network = give(row, shared, beside, own);
      repeat(row, slots, own);
      Map<String, OnnxTensor> all = new HashMap<>(shared.masks());
      all.putAll(own);
      Map<String, RowBlock> blocks = workspace.outputs(slots.rows());
      blocks.forEach((name, block) -> outputs.put(name, block.firstRows(slots.rows())));
      network.runInto(all, outputs);
      blocks.forEach(
          (name, block) -> {
            float[] values = new float[slots.rows() * block.units()];
            block.get(values, 0, values.length);
            add(values, row, slots, moments.get(name), kept.get(name));
          });
    } finally {
      own.values().forEach(OnnxTensor::close);
      outputs.values().forEach(OnnxTensor::close);
    }
  }

  /** Makes what the row's Dropouts that were cut off give, and tells the network to run on it. */
  private Network give(
      int row, Shared shared, Optional<HalvedRun> beside, Map<String, OnnxTensor> own) {
    List<Thinned> layers =
        thinned.stream().filter(layer -> beside.isEmpty() || !layer.product()).toList();
    boolean opposite = shared.slots().paired();
    for (Thinned layer : layers) {
      int units = layer.draws().layer().dropout().units();
      thinning(layer).take(values.get(layer.data()), row * units, layer.draws());
      opposite &= !layer.product() || thinning(layer).isFinite();
    }
    for (Thinned layer : layers) {
      own.put(layer.input(), thin(layer, shared, opposite && layer.product()));
      if (layer.product() && suffixes.isOverActiveUnits()) {
        own.put(FirstProduct.UNITS, units(thinning(layer)));
      }
    }
    if (beside.isPresent()) {
      own.put(FirstProduct.ROWS, rows(shared, beside.get()));
      return beside.get().behind();
    }
    return opposite ? suffixes.paired().orElseThrow() : suffixes.each();
  }

  private OnnxTensor rows(Shared shared, HalvedRun beside) {
    beside.write(workspace.block(FirstProduct.ROWS), shared.pieces());
    List<Long> rowShape = shapes.get(FirstProduct.ROWS);
    return tensor(FirstProduct.ROWS, RowBlock.shape(shared.slots().rows(), rowShape));
  }

  private OnnxTensor thin(Thinned layer, Shared shared, boolean halved) {
    Slots slots = shared.slots();
    RowBlock block = workspace.block(layer.input());
    Thinning thinning = thinning(layer);
    if (slots.paired()) {
      thinning.writeWhole(block, 0);
    }
    for (int at = 0; at < slots.samples(); at += halved ? 2 : 1) {
      thinning.write(block, slots.of(at), shared.first() + at);
    }
    long rows = halved ? slots.half() : slots.rows();
    List<Long> rowShape =
        layer.product() && suffixes.isOverActiveUnits()
            ? List.of((long) thinning.count())
            : shapes.get(layer.input());
    return tensor(layer.input(), RowBlock.shape(rows, rowShape));
  }

  private OnnxTensor units(Thinning thinning) {
    RowBlock block = workspace.block(FirstProduct.UNITS);
    thinning.writeUnits(block);
    return block.tensor(Datatype.INT32, List.of((long) thinning.count()));
  }

  /** What else of the frontier the suffix reads, for each of its rows. */
  private void repeat(int row, Slots slots, Map<String, OnnxTensor> own) {
    values.forEach(
        (name, data) -> {
          RowBlock block = workspace.block(name);
          if (block != null) {
            for (int slot = 0; slot < slots.rows(); slot++) {
              block.put(slot, data, row * block.units(), 1);
            }
            own.put(name, tensor(name, RowBlock.shape(slots.rows(), shapes.get(name))));
          }
        });
  }

  private OnnxTensor tensor(String input, List<Long> shape) {
    return workspace.block(input).tensor(Datatype.FP32, shape);
  }

  private static void add(
      float[] outputs, int row, Slots slots, SampleAccumulator samples, KeptSamples kept) {
    for (int sample = 0; sample < slots.samples(); sample++) {
      int offset = slots.of(sample) * samples.units();
      samples.add(row, outputs, offset);
      if (kept != null) {
        kept.add(row, outputs, offset);
      }
    }
  }
}
