package dev.bridle.trainer.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl;
import dev.bridle.trainer.Digits;
import dev.bridle.trainer.data.Preparation;
import dev.bridle.trainer.data.PreparedData;
import dev.bridle.trainer.data.Scaler;
import dev.bridle.trainer.head.Heads;
import dev.bridle.trainer.model.EngineNetwork;
import dev.bridle.trainer.model.GraphBuilder;
import dev.bridle.trainer.model.Network;
import dev.bridle.trainer.regularization.Regularization;
import dev.bridle.trainer.spec.RunSpec;
import dev.bridle.trainer.train.TorchEngine;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportTest {
  private static final RunSpec SPEC = Digits.spec("{}");
  private static PreparedData data;
  private static Heads heads;
  private static Network network;
  private static EngineNetwork engine;

  @BeforeAll
  static void engine() {
    TorchEngine.load(Path.of(System.getProperty("user.home"), ".djl.ai"), 1);
    data = Digits.prepared(SPEC);
    heads = Heads.of(SPEC, data);
    network = Regularization.of(SPEC).regularized(Network.of(SPEC, data.table().features(), 10));
    engine = new EngineNetwork(network, 3);
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  @Test
  void theExportedGraphAnswersRawFeaturesAsTheEngineAnswersScaledOnes() {
    ParityReport report = ParityGate.check(engine, heads, exporter(data.scaler()), data);
    assertThat(report.rows()).isEqualTo(data.validation().count());
    assertThat(report.worst()).isLessThanOrEqualTo(ParityReport.TOLERANCE);
  }

  @Test
  void theGateHoldsBackAGraphWithAnotherScaler() {
    Scaler wrong = new Scaler(data.scaler().mean(), data.scaler().mean().clone());
    java.util.Arrays.fill(wrong.deviation(), 1.5f);
    assertThatThrownBy(() -> ParityGate.check(engine, heads, exporter(wrong), data))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("should be within 1.0E-5")
        .hasMessageContaining("row");
  }

  @ParameterizedTest
  @ValueSource(strings = {"relu", "tanh", "sigmoid", "selu"})
  void everyActivationPassesTheGate(String activation) {
    RunSpec spec =
        Digits.read(
            """
            {"name": "x", "data": {"uri": "digits.csv"},
             "model": {"kind": "mlp", "hidden": [24], "activation": "%s"}}
            """
                .formatted(activation));
    Network other = Network.of(spec, data.table().features(), 10);
    try (EngineNetwork trained = new EngineNetwork(other, 5)) {
      OnnxExporter exporter = new OnnxExporter(other, heads, data.preparation(), trained.weights());
      assertThat(ParityGate.check(trained, heads, exporter, data).passed()).isTrue();
    }
  }

  @Test
  void theGraphSaysWhatItIs() throws Exception {
    OnnxMl.ModelProto model = model(GraphBuilder.Dropout.LIVE);
    assertThat(model.getIrVersion()).isEqualTo(8);
    assertThat(model.getOpsetImport(0).getVersion()).isEqualTo(17);
    assertThat(model.getGraph().getInput(0).getName()).isEqualTo("input");
    assertThat(model.getGraph().getOutput(0).getName()).isEqualTo("probabilities");
    assertThat(model.getGraph().getNodeList().stream().map(OnnxMl.NodeProto::getOpType))
        .containsExactly(
            "Sub", "Div", "Gemm", "Relu", "Dropout", "Gemm", "Relu", "Dropout", "Gemm", "Softmax");
    assertThat(model.getMetadataProps(0).getKey()).isEqualTo("run_id");
  }

  @Test
  void dropoutIsAliveInTheExportAndInertForTheGate() throws Exception {
    assertThat(trainingModes(model(GraphBuilder.Dropout.LIVE))).containsOnly(true).hasSize(2);
    assertThat(trainingModes(model(GraphBuilder.Dropout.INERT))).containsOnly(false).hasSize(2);
  }

  private static OnnxExporter exporter(Scaler scaler) {
    return new OnnxExporter(network, heads, Preparation.of(scaler), engine.weights());
  }

  private static OnnxMl.ModelProto model(GraphBuilder.Dropout dropout) throws Exception {
    return OnnxMl.ModelProto.parseFrom(
        exporter(data.scaler()).export(dropout, Map.of("run_id", "r1")));
  }

  private static List<Boolean> trainingModes(OnnxMl.ModelProto model) {
    Stream<OnnxMl.NodeProto> dropouts =
        model.getGraph().getNodeList().stream().filter(n -> n.getOpType().equals("Dropout"));
    return dropouts
        .map(
            node ->
                model.getGraph().getInitializerList().stream()
                    .filter(constant -> constant.getName().equals(node.getInput(2)))
                    .anyMatch(constant -> constant.getRawData().byteAt(0) == 1))
        .toList();
  }
}
