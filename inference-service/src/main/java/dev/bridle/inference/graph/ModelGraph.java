package dev.bridle.inference.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * An ONNX model whose Dropout nodes are known, and whose BatchNormalization infers. Its rewritings
 * are models of their own; this one stays as it is.
 */
public final class ModelGraph {
  private final ModelProto model;
  private final List<Dropout> dropouts;

  private ModelGraph(ModelProto model) {
    this.model = model;
    this.dropouts = Dropouts.of(model);
  }

  /**
   * @throws ModelRefusedException if the bytes are no ONNX model, or one that isn't served:
   *     external data, custom operators, a Dropout whose mask output is read, a BatchNormalization
   *     whose statistics are
   */
  public static ModelGraph read(byte[] onnx) {
    ModelProto model;
    try {
      model = ModelProto.parseFrom(onnx);
    } catch (InvalidProtocolBufferException e) {
      throw new ModelRefusedException("not an ONNX model: " + e.getMessage(), e);
    }
    Admission.check(model);
    return new ModelGraph(LogVariances.exponentiated(Normalizations.inferring(model)));
  }

  /** Every Dropout node of the main graph, in the graph's order. */
  public List<Dropout> dropouts() {
    return dropouts;
  }

  public List<Dropout> liveDropouts() {
    return dropouts.stream().filter(Dropout::isLive).toList();
  }

  /** The deterministic model: every Dropout an Identity. */
  public byte[] plain() {
    return withoutDropout().build().toByteArray();
  }

  /** The {@link #plain} model, with the data of every live Dropout as further outputs. */
  public byte[] probe() {
    ModelProto.Builder probe = withoutDropout();
    Set<String> known =
        probe.getGraph().getOutputList().stream()
            .map(ValueInfoProto::getName)
            .collect(Collectors.toCollection(HashSet::new));
    Set<String> inputs =
        probe.getGraph().getInputList().stream()
            .map(ValueInfoProto::getName)
            .collect(Collectors.toSet());
    liveDropouts().stream()
        .map(Dropout::data)
        .filter(data -> !inputs.contains(data) && known.add(data))
        .forEach(
            data ->
                probe
                    .getGraphBuilder()
                    .addOutput(ValueInfoProto.newBuilder().setName(data).build()));
    return probe.build().toByteArray();
  }

  /**
   * The model cut at its first live Dropout.
   *
   * @param form of the first product behind it, if there is one
   * @throws ModelRefusedException if it can't sample: no live Dropout, one in a subgraph or a
   *     function, a ratio that isn't a constant in [0, 1), or no output behind one
   */
  public GraphSplit split(ProductForm form) {
    return new Splitter(model, liveDropouts()).split(form);
  }

  /**
   * The layer behind the one live Dropout, if there is nothing else behind it, and the moments of
   * what it gives are no more than a model may hold.
   */
  public Optional<LastLayer> lastLayer() {
    return Dropouts.opset(model) < Dropouts.OLDEST_OPSET_OF_PRODUCTS
        ? Optional.empty()
        : LastLayers.of(model.getGraph(), liveDropouts());
  }

  /** The model as far as {@link LogitGraph} writes it. */
  public byte[] logits(LastLayer layer) {
    return new Splitter(model, liveDropouts()).logits(layer);
  }

  /** The model's {@code metadata_props}. */
  public Map<String, String> metadata() {
    return model.getMetadataPropsList().stream()
        .collect(
            Collectors.toMap(
                StringStringEntryProto::getKey,
                StringStringEntryProto::getValue,
                (first, second) -> second));
  }

  /** Whether a Sigmoid gives the tensor, and so each of its numbers is a probability of its own. */
  public boolean isSigmoid(String output) {
    return model.getGraph().getNodeList().stream()
        .anyMatch(
            node -> node.getOpType().equals("Sigmoid") && node.getOutputList().contains(output));
  }

  private ModelProto.Builder withoutDropout() {
    GraphProto.Builder graph = model.getGraph().toBuilder();
    Map<Integer, Dropout> byNode =
        dropouts.stream().collect(Collectors.toMap(Dropout::node, Function.identity()));
    byNode.forEach((at, dropout) -> graph.setNode(at, identity(dropout)));
    Inputs.dropUnread(graph, model.getGraph());
    return model.toBuilder().setGraph(graph);
  }

  private static NodeProto identity(Dropout dropout) {
    return NodeProto.newBuilder()
        .setOpType("Identity")
        .addInput(dropout.data())
        .addOutput(dropout.output())
        .build();
  }
}
