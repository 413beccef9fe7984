package dev.bridle.inference.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.bridle.inference.testing.TestModels;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ModelGraphTest {
  private static final float[] WEIGHTS = {1, 2};

  @Test
  void readsTheRatioFromAnInputAndFromAnAttribute() {
    assertThat(ModelGraph.read(TestModels.linear(WEIGHTS, 0.25)).liveDropouts())
        .containsExactly(new Dropout(0, 0, "input", "thin", 0.25, Dropout.Mode.LIVE));
    assertThat(ModelGraph.read(TestModels.linearOfOpset11(WEIGHTS, 0.25)).liveDropouts())
        .containsExactly(new Dropout(0, 0, "input", "thin", 0.25, Dropout.Mode.WITHOUT_SWITCH));
  }

  @Test
  void thePlainGraphHasNoDropoutLeft() throws InvalidProtocolBufferException {
    GraphProto plain = graph(ModelGraph.read(TestModels.mlp(4, 3, 0.5)).plain());
    assertThat(plain.getNodeList()).extracting(NodeProto::getOpType).doesNotContain("Dropout");
  }

  @Test
  void thePrefixEndsAtTheFirstDropout() throws InvalidProtocolBufferException {
    GraphSplit split = ModelGraph.read(TestModels.mlp(4, 3, 0.5)).split(ProductForm.WHOLE);
    assertThat(graph(split.prefix()).getNodeList())
        .extracting(NodeProto::getOpType)
        .containsExactly("Sub", "Gemm", "Relu");
    assertThat(graph(split.suffix()).getNodeList())
        .extracting(NodeProto::getOpType)
        .containsExactly("Gemm", "Relu", "Mul", "Gemm", "Softmax");
    assertThat(graph(split.suffix()).getInputList())
        .extracting(ValueInfoProto::getName)
        .containsExactly("thin", "bridle/mask/1");
    assertThat(split.prefixFrontier()).containsExactly("hidden");
    assertThat(split.inputFrontier()).isEmpty();
    assertThat(split.cutOff()).containsExactly(0);
  }

  @Test
  void theFirstProductIsWrittenInTheFormAskedFor() throws InvalidProtocolBufferException {
    ModelGraph model = ModelGraph.read(TestModels.mlp(4, 3, 0.5));
    FirstProduct product = model.split(ProductForm.WHOLE).firstProduct().orElseThrow();
    assertThat(product.dropout().output()).isEqualTo("thin");
    assertThat(product.units()).isEqualTo(32);
    assertThat(product.columns()).isEqualTo(16);
    GraphProto active = graph(model.split(ProductForm.ACTIVE).suffix());
    assertThat(active.getNodeList())
        .extracting(NodeProto::getOpType)
        .containsExactly("Gather", "Gemm", "Relu", "Mul", "Gemm", "Softmax");
    assertThat(active.getInputList())
        .extracting(ValueInfoProto::getName)
        .containsExactly(FirstProduct.UNITS, "thin", "bridle/mask/1");
    GraphProto paired = graph(model.split(ProductForm.PAIRED).suffix());
    assertThat(paired.getNodeList())
        .extracting(NodeProto::getOpType)
        .containsExactly(
            "Gemm", "Gather", "Add", "Sub", "Concat", "Relu", "Mul", "Gemm", "Softmax");
  }

  @Test
  void aProductWithInfiniteWeightsStaysAsItIs() {
    float[] weights = {1, Float.POSITIVE_INFINITY};
    assertThat(ModelGraph.read(TestModels.linear(weights, 0.5)).split(ProductForm.WHOLE))
        .satisfies(split -> assertThat(split.firstProduct()).isEmpty());
  }

  @Test
  void aDropoutOnTheInputsNeedsNoPrefix() {
    GraphSplit split = ModelGraph.read(TestModels.linear(WEIGHTS, 0.5)).split(ProductForm.WHOLE);
    assertThat(split.prefix()).isEmpty();
    assertThat(split.inputFrontier()).containsExactly("input");
  }

  @Test
  void aDropoutThatIsSwitchedOffCantBeSampled() {
    ModelGraph graph = ModelGraph.read(TestModels.switchedOff(WEIGHTS));
    assertThat(graph.dropouts()).hasSize(1);
    assertThatThrownBy(() -> graph.split(ProductForm.WHOLE))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining("no live Dropout")
        .hasMessageContaining("training_mode a constant true");
  }

  @Test
  void refusesWhatIsNoModelOrReachesOutside() {
    assertThatThrownBy(() -> ModelGraph.read("not a model".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining("not an ONNX model");
    assertThatThrownBy(() -> ModelGraph.read(new byte[0]))
        .isInstanceOf(ModelRefusedException.class);
    assertThatThrownBy(() -> ModelGraph.read(TestModels.customOperator()))
        .hasMessageContaining("Frobnicate")
        .hasMessageContaining("com.example");
    assertThatThrownBy(() -> ModelGraph.read(TestModels.externalData()))
        .hasMessageContaining("weights")
        .hasMessageContaining("one file");
  }

  private static GraphProto graph(byte[] onnx) throws InvalidProtocolBufferException {
    return ModelProto.parseFrom(onnx).getGraph();
  }
}
