package dev.bridle.trainer.export;

import ai.onnx.proto.OnnxMl;
import dev.bridle.trainer.data.Preparation;
import dev.bridle.trainer.data.Scaler;
import dev.bridle.trainer.head.Heads;
import dev.bridle.trainer.model.GraphBuilder;
import dev.bridle.trainer.model.Layer;
import dev.bridle.trainer.model.Network;
import dev.bridle.trainer.model.Weights;
import dev.bridle.trainer.spec.SpecJson;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a trained network as ONNX: from {@code input}, raw features FLOAT [rows, features], to the
 * heads' answers, such as {@code probabilities} FLOAT [rows, classes]. Part of the graph are what
 * stands in for missing features (NaN), where the data may lack them, the standardization of the
 * features and that of the targets; hidden units that change nothing, as L1 leaves them, are not.
 * Opset 17, IR version 8. {@code features} in the metadata names the input's columns, as JSON,
 * where they are no pixels.
 */
public final class OnnxExporter {
  public static final String INPUT = "input";
  static final int OPSET = 17;
  static final int IR_VERSION = 8;
  static final String PRODUCER = "bridle-trainer";

  private final Network network;
  private final Heads heads;
  private final Preparation preparation;
  private final Weights weights;
  private final int droppedUnits;

  public OnnxExporter(Network network, Heads heads, Preparation preparation, Weights weights) {
    Pruned pruned = Pruned.of(network, heads.inUnits(weights));
    this.network = pruned.network();
    this.heads = heads;
    this.preparation = preparation;
    this.weights = pruned.weights();
    this.droppedUnits = pruned.units();
  }

  /** Hidden units that the graph lacks, for they changed nothing. */
  public int droppedUnits() {
    return droppedUnits;
  }

  /**
   * @param dropout what the graph's Dropout nodes do
   * @param metadata becomes {@code metadata_props}
   */
  public byte[] export(GraphBuilder.Dropout dropout, Map<String, String> metadata) {
    OnnxMl.ModelProto.Builder model =
        OnnxMl.ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName(PRODUCER)
            .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setVersion(OPSET))
            .setGraph(graph(dropout));
    Map<String, String> all = new TreeMap<>(metadata);
    if (!preparation.features().isEmpty()) {
      all.put("features", SpecJson.compact(preparation.features()));
    }
    all.forEach(
        (key, value) ->
            model.addMetadataProps(
                OnnxMl.StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    return model.build().toByteArray();
  }

  private OnnxMl.GraphProto graph(GraphBuilder.Dropout dropout) {
    GraphBuilder graph = new GraphBuilder("bridle", dropout);
    String value = graph.input(INPUT, network.features());
    if (preparation.imputer().isPresent()) {
      String values = vector(graph, "imputed.values", preparation.imputer().get().values());
      value = graph.node("Where", "imputed", graph.node("IsNaN", "missing", value), values, value);
    }
    Scaler scaler = preparation.scaler();
    String mean = vector(graph, "standardized.mean", scaler.mean());
    value = graph.node("Sub", "centered", value, mean);
    String deviation = vector(graph, "standardized.deviation", scaler.deviation());
    value = graph.node("Div", "standardized", value, deviation);
    for (Layer layer : network.layers()) {
      value = layer.export(graph, value, weights);
      graph.wrote(layer.name(), value);
    }
    heads.export(graph, value);
    return graph.build();
  }

  private static String vector(GraphBuilder graph, String name, float[] values) {
    return graph.tensor(new Weights.Tensor(name, new long[] {values.length}, values));
  }
}
