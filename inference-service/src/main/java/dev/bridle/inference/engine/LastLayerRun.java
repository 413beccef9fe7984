package dev.bridle.inference.engine;

import ai.onnxruntime.OnnxTensor;
import dev.bridle.inference.uncertainty.KeptSamples;
import dev.bridle.inference.uncertainty.SampleAccumulator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request whose one Dropout lies before a last layer, several rows in one product. */
final class LastLayerRun implements Behind {
  private final LastLayerProduct product;
  private final LayerDraws draws;
  private final float[] data;
  private final RowBlock weighted;
  private final RowBlock masks;
  private final LastLayerSamples samples;
  private final float[] row;

  private LastLayerRun(
      LastLayerProduct product, LayerDraws draws, float[] data, Workspace workspace) {
    this.product = product;
    this.draws = draws;
    this.data = data;
    this.weighted = workspace.weighted(product);
    this.masks = workspace.block(draws.layer().input());
    this.samples = new LastLayerSamples(product.layer());
    this.row = new float[product.layer().units()];
  }

  /**
   * Empty where the suffix is more, or the plan's masks have a quicker way.
   *
   * @param values of the frontier, of all rows
   */
  static Optional<LastLayerRun> of(
      Suffixes suffixes,
      Workspace workspace,
      List<LayerDraws> draws,
      SamplingPlan plan,
      Map<String, float[]> values) {
    LayerDraws only = draws.get(0);
    return suffixes
        .last()
        .filter(product -> !plan.method().isHalved(only.layer().dropout()))
        .map(
            product ->
                new LastLayerRun(
                    product, only, values.get(only.layer().data().orElseThrow()), workspace));
  }

  @Override
  public int rowsAtOnce() {
    return LastLayerProduct.ROWS;
  }

  @Override
  public Block block(int first, int count) {
    draws.write(masks, first, new Slots(count, false));
    OnnxTensor drawn = masks.tensor(Datatype.FP32, List.of((long) count, (long) row.length));
    return new Block() {
      @Override
      public void run(
          List<Integer> rows,
          Map<String, SampleAccumulator> moments,
          Map<String, KeptSamples> kept) {
        float[] logits = logits(rows, drawn);
        for (int at = 0; at < rows.size(); at++) {
          int offset = at * product.layer().classes() * count;
          samples.add(rows.get(at), logits, offset, count, moments, kept);
        }
      }

      @Override
      public void close() {
        drawn.close();
      }
    };
  }

  private float[] logits(List<Integer> rows, OnnxTensor drawn) {
    for (int at = 0; at < rows.size(); at++) {
      product.weigh(weighted, at, data, rows.get(at) * row.length, row);
    }
    List<Long> shape = List.of((long) product.weightedRows(rows.size()), (long) row.length);
    try (OnnxTensor all = weighted.tensor(Datatype.FP32, shape)) {
      return product.logits(all, drawn);
    }
  }
}
