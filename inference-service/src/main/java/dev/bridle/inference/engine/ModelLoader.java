package dev.bridle.inference.engine;

import dev.bridle.inference.graph.ModelGraph;
import dev.bridle.inference.graph.ModelRefusedException;
import java.util.Map;

/** From ONNX bytes to a model that serves, and samples if it can. */
public final class ModelLoader {
  private ModelLoader() {}

  /**
   * @throws ModelRefusedException if the model can't be served at all; one that only can't be
   *     sampled gives its reason by {@link ServableModel#samplingRefusal}
   */
  public static ServableModel load(byte[] onnx) {
    ModelGraph graph = ModelGraph.read(onnx);
    Network plain = Network.load(graph.plain());
    try {
      SamplingSetup setup = SamplingSetup.of(graph, plain);
      return new ServableModel(
          plain,
          new Sampling.Available(
              setup.monteCarlo(),
              graph.lastLayer().map(layer -> new ClosedForm(graph, layer, plain.inputs()))),
          setup.kinds(),
          Noises.of(setup.kinds(), plain.outputs(), graph.metadata()));
    } catch (ModelRefusedException | ModelFailedException e) {
      return new ServableModel(
          plain,
          new Sampling.Refused("MC-dropout isn't possible: " + e.getMessage()),
          Map.of(),
          Map.of());
    }
  }
}
