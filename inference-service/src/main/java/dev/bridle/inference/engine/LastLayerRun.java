package dev.bridle.inference.engine;

import ai.onnxruntime.OnnxTensor;
import dev.bridle.inference.engine.HalfSampledProduct.Piece;
import dev.bridle.inference.uncertainty.KeptSamples;
import dev.bridle.inference.uncertainty.SampleAccumulator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request whose one Dropout lies before a narrow last layer, several rows at a time. */
final class LastLayerRun implements Behind {
  private final LayerDraws draws;
  private final SamplingPlan plan;
  private final float[] data;
  private final int units;
  private final LastLayerSpace space;
  private final RowBlock masks;
  private final LastLayerSamples samples;
  private final int classes;

  private LastLayerRun(
      LastLayerProduct product,
      LayerDraws draws,
      SamplingPlan plan,
      float[] data,
      Workspace workspace) {
    this.draws = draws;
    this.plan = plan;
    this.data = data;
    this.units = product.layer().units();
    this.classes = product.layer().classes();
    this.space = workspace.lastLayer(product);
    this.masks = workspace.block(draws.layer().input());
    this.samples = new LastLayerSamples(product.layer());
  }

  /**
   * Empty where the suffix is more.
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
        .map(
            product ->
                new LastLayerRun(
                    product, only, plan, values.get(only.layer().data().orElseThrow()), workspace));
  }

  @Override
  public int rowsAtOnce() {
    return LastLayerProduct.ROWS;
  }

  @Override
  public Block block(int first, int count) {
    return new Samples(first, count);
  }

  /** Some samples, of rows that are finite by half-samples where the plan's masks are. */
  private final class Samples implements Block {
    private final int first;
    private final int count;
    private final List<Piece> pieces;
    private final float[][] logits;
    private Optional<OnnxTensor> drawn = Optional.empty();

    Samples(int first, int count) {
      this.first = first;
      this.count = count;
      this.logits = new float[classes][count];
      this.pieces =
          plan.method().isHalved(draws.layer().dropout())
              ? Piece.of(draws, plan.samples(), first, count)
              : List.of();
    }

    @Override
    public void run(
        List<Integer> rows, Map<String, SampleAccumulator> moments, Map<String, KeptSamples> kept) {
      List<Integer> others = pieces.isEmpty() ? rows : halve(rows, moments, kept);
      if (!others.isEmpty()) {
        multiply(others, moments, kept);
      }
    }

    /** Gives back those that aren't finite. */
    private List<Integer> halve(
        List<Integer> rows, Map<String, SampleAccumulator> moments, Map<String, KeptSamples> kept) {
      HalfSampledRows halves = space.halves();
      halves.take(data, rows);
      float[][][] all = new float[rows.size()][classes][count];
      for (Piece piece : pieces) {
        halves.run(piece);
        for (int at = 0; at < rows.size(); at++) {
          halves.logits(at, piece, all[at]);
        }
      }
      List<Integer> others = new ArrayList<>();
      for (int at = 0; at < rows.size(); at++) {
        if (halves.isFinite(at)) {
          samples.add(rows.get(at), all[at], moments, kept);
        } else {
          others.add(rows.get(at));
        }
      }
      return others;
    }

    private void multiply(
        List<Integer> rows, Map<String, SampleAccumulator> moments, Map<String, KeptSamples> kept) {
      drawn = drawn.or(() -> Optional.of(drawn()));
      space.run(data, rows, drawn.get(), count);
      for (int at = 0; at < rows.size(); at++) {
        space.logits(at, logits);
        samples.add(rows.get(at), logits, moments, kept);
      }
    }

    private OnnxTensor drawn() {
      draws.write(masks, first, new Slots(count, false));
      return masks.tensor(Datatype.FP32, List.of((long) count, (long) units));
    }

    @Override
    public void close() {
      drawn.ifPresent(OnnxTensor::close);
    }
  }
}
