package dev.bridle.inference.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Cuts a graph where randomness enters it. */
final class Splitter {
  private static final String EXPORT =
      " Export the model with live Dropout: training_mode a constant true (PyTorch:"
          + " training=TrainingMode.PRESERVE with model.eval() and only the Dropout modules in"
          + " train(), do_constant_folding=False).";

  private final ModelProto model;
  private final GraphProto graph;
  private final Map<Integer, Dropout> byNode;
  private final List<Dropout> dropouts;
  private final Set<String> required;

  /** What depends on a live Dropout. */
  private final Set<String> random = new HashSet<>();

  /** What depends on a request's inputs; the rest is constant. */
  private final Set<String> variable;

  Splitter(ModelProto model, List<Dropout> liveDropouts) {
    this.model = model;
    this.graph = model.getGraph();
    this.dropouts = liveDropouts;
    this.byNode =
        liveDropouts.stream().collect(Collectors.toMap(Dropout::node, Function.identity()));
    this.required = Inputs.required(graph);
    this.variable = new HashSet<>(required);
  }

  GraphSplit split(ProductForm form) {
    checkDropouts();
    mark();
    List<String> outputs =
        graph.getOutputList().stream()
            .map(ValueInfoProto::getName)
            .filter(random::contains)
            .toList();
    if (outputs.isEmpty()) {
      throw new ModelRefusedException("no output lies behind a live Dropout." + EXPORT);
    }
    Set<String> frontier = frontier();
    List<String> fromInputs = frontier.stream().filter(required::contains).toList();
    List<String> fromPrefix = frontier.stream().filter(name -> !required.contains(name)).toList();
    byte[] prefix = fromPrefix.isEmpty() ? new byte[0] : prefix(fromPrefix);
    List<Dropout> cutOff = cutOff(frontier);
    Optional<FirstProduct> product = product(cutOff);
    return new GraphSplit(
        prefix,
        suffix(frontier, cutOff, product.filter(found -> form != ProductForm.WHOLE), form, outputs),
        fromPrefix,
        fromInputs,
        dropouts,
        cutOff.stream().map(Dropout::layer).collect(Collectors.toSet()),
        product,
        outputs);
  }

  private void checkDropouts() {
    boolean hidden =
        graph.getNodeList().stream()
                .flatMap(Nodes::subgraphs)
                .flatMap(nested -> nested.getNodeList().stream())
                .flatMap(Nodes::withNested)
                .anyMatch(Dropouts::isDropout)
            || model.getFunctionsList().stream()
                .flatMap(function -> function.getNodeList().stream())
                .flatMap(Nodes::withNested)
                .anyMatch(Dropouts::isDropout);
    if (hidden) {
      throw new ModelRefusedException(
          "a Dropout lies in a subgraph or a function: it should be in the main graph");
    }
    if (dropouts.isEmpty()) {
      throw new ModelRefusedException("the model has no live Dropout." + EXPORT);
    }
    for (Dropout dropout : dropouts) {
      if (!(dropout.ratio() >= 0 && dropout.ratio() < 1)) {
        throw new ModelRefusedException(
            "the ratio of the Dropout that gives '%s' should be a constant in [0, 1): was %s"
                .formatted(dropout.output(), dropout.ratio()));
      }
    }
  }

  private void mark() {
    for (int at = 0; at < graph.getNodeCount(); at++) {
      NodeProto node = graph.getNode(at);
      Set<String> reads = Nodes.reads(node);
      if (byNode.containsKey(at) || reads.stream().anyMatch(random::contains)) {
        random.addAll(node.getOutputList());
        variable.addAll(node.getOutputList());
      } else if (reads.stream().anyMatch(variable::contains)) {
        variable.addAll(node.getOutputList());
      }
    }
    random.remove("");
    variable.remove("");
  }

  private Set<String> frontier() {
    Set<String> frontier = new LinkedHashSet<>();
    for (int at = 0; at < graph.getNodeCount(); at++) {
      if (isRandom(at)) {
        reads(at).stream()
            .filter(name -> variable.contains(name) && !random.contains(name))
            .forEach(frontier::add);
      }
    }
    return frontier;
  }

  /** Those whose data is known before any mask, and whose output isn't the model's. */
  private List<Dropout> cutOff(Set<String> frontier) {
    Products products = new Products(graph);
    return dropouts.stream()
        .filter(dropout -> frontier.contains(dropout.data()))
        .filter(dropout -> !products.isOutput(dropout.output()))
        .toList();
  }

  private Optional<FirstProduct> product(List<Dropout> cutOff) {
    if (Dropouts.opset(model) < Dropouts.OLDEST_OPSET_OF_PRODUCTS) {
      return Optional.empty();
    }
    Products products = new Products(graph);
    return cutOff.stream()
        .flatMap(dropout -> FirstProduct.of(dropout, products).stream())
        .findFirst();
  }

  private boolean isRandom(int node) {
    return graph.getNode(node).getOutputList().stream().anyMatch(random::contains);
  }

  private Set<String> reads(int node) {
    Dropout dropout = byNode.get(node);
    return dropout == null ? Nodes.reads(graph.getNode(node)) : Set.of(dropout.data());
  }

  private byte[] prefix(List<String> frontier) {
    GraphProto.Builder prefix = upTo(frontier);
    frontier.forEach(name -> prefix.addOutput(ValueInfoProto.newBuilder().setName(name)));
    return bytes(prefix);
  }

  /** The model up to the last layer's Dropout, and from there on what {@link LogitGraph} gives. */
  byte[] logits(LastLayer layer) {
    GraphProto.Builder logits = upTo(List.of(layer.data()));
    LogitGraph.write(layer, logits);
    return bytes(logits);
  }

  private GraphProto.Builder upTo(List<String> frontier) {
    Set<String> needed = closure(frontier, required);
    GraphProto.Builder prefix = piece("prefix", needed);
    graph.getInputList().stream()
        .filter(input -> needed.contains(input.getName()))
        .forEach(prefix::addInput);
    return prefix;
  }

  private byte[] suffix(
      Set<String> frontier,
      List<Dropout> cutOff,
      Optional<FirstProduct> product,
      ProductForm form,
      List<String> outputs) {
    Set<String> given = new LinkedHashSet<>(frontier);
    cutOff.forEach(dropout -> given.add(dropout.output()));
    Set<String> sources = new LinkedHashSet<>(given);
    product.ifPresent(found -> sources.add(found.output()));
    Set<String> needed = closure(outputs, sources);
    GraphProto.Builder suffix = GraphProto.newBuilder();
    product.ifPresent(found -> found.write(form, suffix));
    suffix.mergeFrom(piece("suffix", needed).build());
    Set<String> read =
        suffix.getNodeList().stream()
            .flatMap(node -> Nodes.reads(node).stream())
            .collect(Collectors.toSet());
    given.stream().filter(read::contains).forEach(name -> suffix.addInput(floats(name)));
    dropouts.stream()
        .filter(dropout -> !cutOff.contains(dropout))
        .forEach(dropout -> suffix.addInput(floats(dropout.maskInput())));
    graph.getInputList().stream()
        .filter(input -> !required.contains(input.getName()) && needed.contains(input.getName()))
        .forEach(suffix::addInput);
    graph.getOutputList().stream()
        .filter(output -> outputs.contains(output.getName()))
        .forEach(suffix::addOutput);
    return bytes(suffix);
  }

  /** Everything that the targets depend on, up to and with the given sources. */
  private Set<String> closure(Collection<String> targets, Collection<String> sources) {
    Set<String> needed = new HashSet<>(targets);
    for (int at = graph.getNodeCount() - 1; at >= 0; at--) {
      List<String> gives = graph.getNode(at).getOutputList();
      if (gives.stream().anyMatch(name -> needed.contains(name) && !sources.contains(name))) {
        needed.addAll(reads(at));
        needed.addAll(gives);
      }
    }
    needed.removeAll(sources.stream().filter(name -> !required.contains(name)).toList());
    return needed;
  }

  private GraphProto.Builder piece(String name, Set<String> needed) {
    GraphProto.Builder piece = GraphProto.newBuilder().setName(name);
    for (int at = 0; at < graph.getNodeCount(); at++) {
      if (graph.getNode(at).getOutputList().stream().anyMatch(needed::contains)) {
        piece.addNode(byNode.containsKey(at) ? product(byNode.get(at)) : graph.getNode(at));
      }
    }
    graph.getInitializerList().stream()
        .filter(tensor -> needed.contains(tensor.getName()))
        .forEach(piece::addInitializer);
    return piece;
  }

  private byte[] bytes(GraphProto.Builder piece) {
    return model.toBuilder().setGraph(piece).build().toByteArray();
  }

  private static NodeProto product(Dropout dropout) {
    return NodeProto.newBuilder()
        .setOpType("Mul")
        .addInput(dropout.data())
        .addInput(dropout.maskInput())
        .addOutput(dropout.output())
        .build();
  }

  private static ValueInfoProto floats(String name) {
    TypeProto.Tensor tensor =
        TypeProto.Tensor.newBuilder().setElemType(TensorProto.DataType.FLOAT_VALUE).build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }
}
