package dev.bridle.inference.engine;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.bridle.inference.graph.ModelRefusedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** One ONNX Runtime session: one thread a call, any number of calls at once. */
final class Network implements AutoCloseable {
  private static final OrtEnvironment ENVIRONMENT =
      OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "bridle");

  private final OrtSession session;
  private final Map<String, TensorSpec> inputs;
  private final Map<String, TensorSpec> outputs;

  private Network(OrtSession session) throws OrtException {
    this.session = session;
    this.inputs = specs(session.getInputInfo());
    this.outputs = specs(session.getOutputInfo());
    for (TensorSpec input : inputs.values()) {
      if (!input.datatype().isGivable()) {
        throw new ModelRefusedException(
            "input '%s' is of a type that isn't served: %s"
                .formatted(input.name(), input.datatype()));
      }
    }
  }

  /**
   * @throws ModelRefusedException if ONNX Runtime can't load it, or it has tensors of a type that
   *     isn't served
   */
  static Network load(byte[] onnx) {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setDeterministicCompute(true);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      OrtSession session = ENVIRONMENT.createSession(onnx, options);
      try {
        return new Network(session);
      } catch (ModelRefusedException e) {
        session.close();
        throw e;
      }
    } catch (OrtException e) {
      throw new ModelRefusedException("ONNX Runtime can't load the model: " + e.getMessage(), e);
    }
  }

  List<TensorSpec> inputs() {
    return List.copyOf(inputs.values());
  }

  List<TensorSpec> outputs() {
    return List.copyOf(outputs.values());
  }

  /** Runs once; the answer holds the named outputs. */
  Map<String, Tensor> run(Map<String, Tensor> given, Set<String> wanted) {
    Map<String, OnnxTensor> tensors = new HashMap<>();
    try {
      for (Map.Entry<String, Tensor> input : given.entrySet()) {
        tensors.put(input.getKey(), tensor(input.getValue()));
      }
      return runTensors(tensors, wanted);
    } catch (OrtException e) {
      throw failed(e);
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  /** As {@link #run}, on tensors that stay the caller's. */
  Map<String, Tensor> runTensors(Map<String, OnnxTensor> tensors, Set<String> wanted) {
    try (OrtSession.Result result = session.run(tensors, wanted)) {
      Map<String, Tensor> answer = new LinkedHashMap<>();
      for (String name : wanted) {
        OnnxTensor tensor = (OnnxTensor) result.get(name).orElseThrow();
        answer.put(
            name,
            new Tensor(
                outputs.get(name).datatype(),
                LongStream.of(tensor.getInfo().getShape()).boxed().toList(),
                outputs.get(name).datatype() == Datatype.BYTES
                    ? Texts.encoded(tensor.getValue())
                    : tensor.getByteBuffer()));
      }
      return answer;
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  /** Runs once; outputs are written into tensors that stay the caller's. */
  void runInto(Map<String, OnnxTensor> tensors, Map<String, OnnxTensor> outputs) {
    try (OrtSession.Result result = session.run(tensors, outputs)) {
      if (result.size() != outputs.size()) {
        throw new IllegalStateException("outputs %s, wanted %s".formatted(result, outputs));
      }
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  static OnnxTensor tensor(Tensor tensor) throws OrtException {
    if (tensor.datatype() == Datatype.BYTES) {
      String[] texts = Texts.decoded(tensor.data()).toArray(String[]::new);
      return OnnxTensor.createTensor(ENVIRONMENT, texts, tensor.dimensions());
    }
    return OnnxTensor.createTensor(
        ENVIRONMENT,
        tensor.data().duplicate().order(tensor.data().order()),
        tensor.dimensions(),
        tensor.datatype().javaType());
  }

  static ModelFailedException failed(OrtException e) {
    return new ModelFailedException("the model failed on this input: " + e.getMessage(), e);
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("a session that can't be closed", e);
    }
  }

  private static Map<String, TensorSpec> specs(Map<String, NodeInfo> infos) {
    List<TensorSpec> specs = new ArrayList<>();
    infos.values().forEach(info -> specs.add(spec(info)));
    return specs.stream()
        .collect(
            Collectors.toMap(
                TensorSpec::name, Function.identity(), (a, b) -> a, LinkedHashMap::new));
  }

  private static TensorSpec spec(NodeInfo info) {
    if (!(info.getInfo() instanceof TensorInfo tensor)) {
      throw new ModelRefusedException("'%s' should be a tensor".formatted(info.getName()));
    }
    Datatype datatype =
        Datatype.of(tensor.onnxType)
            .orElseThrow(
                () ->
                    new ModelRefusedException(
                        "'%s' is of a type that isn't served: %s"
                            .formatted(info.getName(), tensor.onnxType)));
    return new TensorSpec(
        info.getName(), datatype, LongStream.of(tensor.getShape()).boxed().toList());
  }
}
