package dev.bridle.inference.engine;

import dev.bridle.inference.engine.HalfSampledProduct.Piece;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request whose first product is {@linkplain HalfSampledProduct beside the graph}. */
final class HalvedRun {
  private final LayerDraws draws;
  private final float[] data;
  private final int samples;
  private final HalfSampledProduct product;
  private final Network behind;

  private HalvedRun(
      LayerDraws draws,
      float[] data,
      int samples,
      HalfSampledProduct product,
      Suffixes.Halved form) {
    this.draws = draws;
    this.data = data;
    this.samples = samples;
    this.product = product;
    this.behind = form.behind();
  }

  /**
   * Empty unless the plan's masks before the first product are half-samples.
   *
   * @param values of the frontier, of all rows
   */
  static Optional<HalvedRun> of(
      Suffixes suffixes,
      Workspace workspace,
      List<LayerDraws> draws,
      SamplingPlan plan,
      Map<String, float[]> values) {
    return suffixes
        .halved()
        .flatMap(
            form ->
                draws.stream()
                    .filter(layer -> suffixes.isProduct(layer.layer()))
                    .filter(layer -> plan.method().isHalved(layer.layer().dropout()))
                    .findFirst()
                    .map(
                        layer ->
                            new HalvedRun(
                                layer,
                                values.get(layer.layer().data().orElseThrow()),
                                plan.samples(),
                                workspace.product(form),
                                form)));
  }

  /** Those of so many samples; none where they don't begin and end with one. */
  List<Piece> pieces(int first, int count) {
    return Piece.of(draws, samples, first, count);
  }

  /** Turns to the row; false where it isn't finite, and has to go through the graph. */
  boolean take(int row) {
    return product.take(data, row * draws.layer().dropout().units());
  }

  /** What the product's rows go through then. */
  Network behind() {
    return behind;
  }

  void write(RowBlock block, List<Piece> pieces) {
    for (Piece piece : pieces) {
      float[][] rows = product.rows(piece);
      for (int sample = 0; sample < piece.samples(); sample++) {
        block.put(piece.first() + sample, rows[sample], 0, 1);
      }
    }
  }
}
