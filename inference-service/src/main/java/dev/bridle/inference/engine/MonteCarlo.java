package dev.bridle.inference.engine;

import dev.bridle.inference.graph.FirstProduct;
import dev.bridle.inference.uncertainty.OutputKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * MC-dropout (Gal and Ghahramani, ICML 2016): the prefix once, then the suffix row by row, for up
 * to 128 samples at a time.
 *
 * <p>That no run holds two rows is what keeps the bits: the shapes of a row's products depend on
 * the plan and the row, and it is folded over its samples in their order. Same bits are promised
 * for the same plan on one machine with one version of ONNX Runtime.
 */
final class MonteCarlo implements AutoCloseable {
  private static final int ROWS = new Slots(BlockSize.GREATEST, true).rows();

  private final Frontier frontier;
  private final Suffixes suffixes;
  private final List<MaskedLayer> layers;
  private final Map<String, List<Long>> outputs;
  private final Map<String, List<Long>> suffixInputs;
  private final Workspaces workspaces;

  /**
   * @param outputs the row shape of each output behind a live Dropout
   */
  MonteCarlo(
      Frontier frontier,
      Suffixes suffixes,
      List<MaskedLayer> layers,
      Map<String, List<Long>> outputs) {
    this.frontier = frontier;
    this.suffixes = suffixes;
    this.layers = List.copyOf(layers);
    this.outputs = Map.copyOf(outputs);
    this.suffixInputs = new HashMap<>(frontier.rowShapes());
    layers.forEach(layer -> suffixInputs.put(layer.input(), layer.rowShape()));
    suffixes
        .product()
        .map(suffixInputs::get)
        .ifPresent(units -> suffixInputs.put(FirstProduct.UNITS, spread(units.get(0))));
    suffixes
        .halved()
        .ifPresent(form -> suffixInputs.put(FirstProduct.ROWS, List.of((long) form.bias().length)));
    suffixInputs.keySet().retainAll(suffixes.inputs());
    this.workspaces = new Workspaces(suffixInputs, outputs);
  }

  /** The numbers of one row's units are written once, into all rows of a block. */
  private static List<Long> spread(long units) {
    return List.of((units + ROWS - 1) / ROWS);
  }

  Frontier frontier() {
    return frontier;
  }

  Suffixes suffixes() {
    return suffixes;
  }

  /** The row shape of each input of the suffix. */
  Map<String, List<Long>> suffixInputs() {
    return suffixInputs;
  }

  List<MaskedLayer> layers() {
    return layers;
  }

  Map<String, List<Long>> outputs() {
    return outputs;
  }

  /**
   * @param request each input's values, row-major, of all rows
   * @param kinds of the outputs, as far as they are known
   */
  SampledAnswer sample(
      Map<String, float[]> request, int rows, SamplingPlan plan, Map<String, OutputKind> kinds) {
    Workspace workspace = workspaces.take(ROWS);
    try {
      SamplingRun run = new SamplingRun(this, workspace, request, rows, plan, kinds);
      StopReason reason = run.draw();
      Map<String, SampledOutput> answer = new HashMap<>();
      run.moments()
          .forEach(
              (name, moments) ->
                  answer.put(
                      name,
                      new SampledOutput(
                          kinds.getOrDefault(name, OutputKind.VALUES),
                          RowBlock.shape(rows, outputs.get(name)),
                          moments,
                          run.kept(name))));
      return new SampledAnswer(answer, run.samples(), reason);
    } finally {
      workspaces.giveBack(workspace);
    }
  }

  @Override
  public void close() {
    workspaces.close();
    frontier.close();
    suffixes.close();
  }
}
