package dev.bridle.trainer.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl;
import dev.bridle.trainer.Digits;
import dev.bridle.trainer.ModelKinds;
import dev.bridle.trainer.Training;
import dev.bridle.trainer.data.Imputer;
import dev.bridle.trainer.data.Preparation;
import dev.bridle.trainer.data.PreparedData;
import dev.bridle.trainer.data.Rows;
import dev.bridle.trainer.head.Heads;
import dev.bridle.trainer.model.DropUnits;
import dev.bridle.trainer.model.GraphBuilder;
import dev.bridle.trainer.model.Network;
import dev.bridle.trainer.spec.RunSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every kind of model and of head, trained so far that its running statistics are its own, as ONNX.
 */
class ModelKindsExportTest {
  private static final String CNN = "cnn with batch norm, max pools and both dropouts";

  static Set<String> kinds() {
    return ModelKinds.withHeads();
  }

  @BeforeAll
  static void engine() {
    Training.loadEngine();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void theExportedGraphAnswersAsTheEngineDoes(String kind) {
    RunSpec spec = ModelKinds.spec(kind, 3);
    PreparedData data = Digits.prepared(spec);
    ParityReport report =
        Training.of(
                spec,
                engine ->
                    ParityGate.check(
                        engine,
                        Heads.of(spec, data),
                        new OnnxExporter(
                            engine.network(),
                            Heads.of(spec, data),
                            data.preparation(),
                            engine.weights()),
                        data))
            .answer();
    assertThat(report.worst()).isLessThanOrEqualTo(ParityReport.TOLERANCE);
    assertThat(report.rows()).isEqualTo(data.validation().count());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mlp with dropout",
        CNN,
        "residual with batch norm and dropout",
        "regression",
        "several labels",
        "tasks with learned weights"
      })
  void theGateHoldsBackAGraphWithOtherRatesOfDropout(String kind) {
    RunSpec spec = ModelKinds.spec(kind, 3);
    PreparedData data = Digits.prepared(spec);
    Training.of(
        spec,
        engine -> {
          OnnxExporter wrong =
              new OnnxExporter(
                  halved(engine.network()),
                  Heads.of(spec, data),
                  data.preparation(),
                  engine.weights());
          assertThatThrownBy(() -> ParityGate.check(engine, Heads.of(spec, data), wrong, data))
              .isInstanceOf(ExportException.class)
              .hasMessageContaining("should answer from the training engine's distribution")
              .hasMessageContaining("200 samples");
          return null;
        });
  }

  private static Network halved(Network network) {
    return network.withLayers(
        network.layers().stream()
            .map(
                layer ->
                    layer instanceof DropUnits drop
                        ? new DropUnits(drop.name(), drop.ratio() / 2)
                        : layer)
            .toList());
  }

  @Tag("onnx-checker")
  @ParameterizedTest
  @MethodSource("kinds")
  void onnxsOwnCheckerAcceptsTheGraph(String kind) {
    assertThat(OnnxChecker.complaint(exported(kind))).isEmpty();
  }

  @Tag("onnx-checker")
  @Test
  void onnxsOwnCheckerRefusesABrokenGraph() throws Exception {
    OnnxMl.ModelProto.Builder broken = OnnxMl.ModelProto.parseFrom(exported(CNN)).toBuilder();
    broken.getGraphBuilder().getNodeBuilder(3).setInput(0, "nothing");
    assertThat(OnnxChecker.complaint(broken.build().toByteArray())).contains("nothing");
  }

  @Tag("onnx-checker")
  @Test
  void aMissingCheckerIsSaidAndNotPassedOver() {
    byte[] model = exported("mlp with dropout");
    assertThat(OnnxChecker.complaint(model, "/usr/bin/python3", "-I", "-S"))
        .contains("python3-onnx is missing: apt-get install python3-onnx");
    assertThat(OnnxChecker.complaint(model, "/no/python"))
        .startsWith("python3 is missing")
        .endsWith("apt-get install python3-onnx");
  }

  @Test
  void spatialDropoutIsAliveAsADropoutOfOnesForEachRowAndMap() throws Exception {
    OnnxMl.ModelProto model = OnnxMl.ModelProto.parseFrom(exported(CNN));
    List<String> operators =
        model.getGraph().getNodeList().stream().map(OnnxMl.NodeProto::getOpType).toList();
    assertThat(operators)
        .containsExactly(
            "Sub",
            "Div",
            "Reshape",
            "Conv",
            "BatchNormalization",
            "MaxPool",
            "Relu",
            "Shape",
            "Concat",
            "ConstantOfShape",
            "Dropout",
            "Mul",
            "Conv",
            "BatchNormalization",
            "Relu",
            "Concat",
            "ConstantOfShape",
            "Dropout",
            "Mul",
            "Flatten",
            "Gemm",
            "Relu",
            "Dropout",
            "Gemm",
            "Softmax");
  }

  @Test
  void severalHeadsAnswerUnderTheirNamesAndLearnedWeightsLeaveNoTrace() throws Exception {
    OnnxMl.ModelProto model = OnnxMl.ModelProto.parseFrom(exported("tasks with learned weights"));
    assertThat(model.getGraph().getOutputList().stream().map(OnnxMl.ValueInfoProto::getName))
        .containsExactly("acid/values", "region/probabilities", "area/probabilities");
    assertThat(model.getGraph().getInitializerList().stream().map(OnnxMl.TensorProto::getName))
        .noneMatch(name -> name.contains("logVariance"));
  }

  @Test
  void aNumbersUnitIsInTheWeightsOfTheLastLayerSoThatNothingStandsBehindIt() throws Exception {
    OnnxMl.GraphProto graph = OnnxMl.ModelProto.parseFrom(exported("regression")).getGraph();
    OnnxMl.NodeProto last = graph.getNode(graph.getNodeCount() - 1);
    assertThat(last.getOpType()).isEqualTo("Gemm");
    assertThat(last.getOutput(0)).isEqualTo("values");
  }

  @Test
  void theGateHoldsBackAGraphThatScalesItsNumbersOtherwise() {
    RunSpec spec = ModelKinds.spec("regression", 3);
    PreparedData data = Digits.prepared(spec);
    Rows fewer = data.training().first(50);
    PreparedData other =
        new PreparedData(
            data.table(), data.splits(), data.preparation(), fewer, data.validation(), data.test());
    Training.of(
        spec,
        engine -> {
          OnnxExporter wrong =
              new OnnxExporter(
                  engine.network(), Heads.of(spec, other), data.preparation(), engine.weights());
          assertThatThrownBy(() -> ParityGate.check(engine, Heads.of(spec, data), wrong, data))
              .isInstanceOf(ExportException.class)
              .hasMessageStartingWith("values: exported answers should be within 1.0E-5");
          return null;
        });
  }

  @Test
  void theGateHoldsBackAGraphThatPutsOtherValuesWhereFeaturesAreMissing() {
    RunSpec spec = ModelKinds.spec(ModelKinds.GAPS, 3);
    PreparedData data = Digits.prepared(spec);
    Imputer zeros = new Imputer(new float[data.table().features()]);
    Preparation other = new Preparation(List.of(), Optional.of(zeros), data.scaler());
    Training.of(
        spec,
        engine -> {
          OnnxExporter wrong =
              new OnnxExporter(engine.network(), Heads.of(spec, data), other, engine.weights());
          assertThatThrownBy(() -> ParityGate.check(engine, Heads.of(spec, data), wrong, data))
              .isInstanceOf(ExportException.class)
              .hasMessageContaining("exported answers should be within 1.0E-5");
          return null;
        });
  }

  @Test
  void missingFeaturesAreFilledInTheGraphAndItsColumnsNamed() throws Exception {
    OnnxMl.ModelProto model = OnnxMl.ModelProto.parseFrom(exported(ModelKinds.GAPS));
    assertThat(model.getGraph().getNodeList().stream().limit(4).map(OnnxMl.NodeProto::getOpType))
        .containsExactly("IsNaN", "Where", "Sub", "Div");
    assertThat(model.getMetadataPropsList())
        .anyMatch(
            property ->
                property.getKey().equals("features")
                    && property
                        .getValue()
                        .equals("[\"a\",\"color=blue\",\"color=green\",\"color=red\",\"b\"]"));
  }

  private static byte[] exported(String kind) {
    RunSpec spec = ModelKinds.spec(kind, 1);
    PreparedData data = Digits.prepared(spec);
    return Training.of(
            spec,
            engine ->
                new OnnxExporter(
                        engine.network(),
                        Heads.of(spec, data),
                        data.preparation(),
                        engine.weights())
                    .export(GraphBuilder.Dropout.LIVE, Map.of("run_id", "r1")))
        .answer();
  }
}
