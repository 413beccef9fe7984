package dev.bridle.inference.engine;

import dev.bridle.inference.uncertainty.OutputKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * MC-dropout (Gal and Ghahramani, ICML 2016): the prefix once, then the suffix for every pair of
 * sample and row, packed sample by sample into blocks of one size.
 *
 * <p>The fixed size is what keeps the bits: each product has the same shape whatever the request's
 * rows, and each row is folded over its samples in their order. Same bits are promised for the same
 * plan on one machine with one version of ONNX Runtime.
 */
final class MonteCarlo implements AutoCloseable {
  private final Frontier frontier;
  private final Network suffix;
  private final List<MaskedLayer> layers;
  private final Map<String, List<Long>> outputs;
  private final Workspaces workspaces;

  /**
   * @param outputs the row shape of each output behind a live Dropout
   */
  MonteCarlo(
      Frontier frontier,
      Network suffix,
      List<MaskedLayer> layers,
      Map<String, List<Long>> outputs) {
    this.frontier = frontier;
    this.suffix = suffix;
    this.layers = List.copyOf(layers);
    this.outputs = Map.copyOf(outputs);
    Map<String, List<Long>> inputs = new HashMap<>(frontier.rowShapes());
    layers.forEach(layer -> inputs.put(layer.input(), layer.rowShape()));
    this.workspaces = new Workspaces(inputs);
  }

  Frontier frontier() {
    return frontier;
  }

  Network suffix() {
    return suffix;
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
    Workspace workspace = workspaces.take(BlockSize.rows(plan));
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
    suffix.close();
  }
}
