package dev.bridle.inference.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.bridle.inference.engine.ModelLoader;
import dev.bridle.inference.engine.ServableModel;
import dev.bridle.inference.protocol.Drawing.Wanted;
import dev.bridle.inference.testing.TestModels;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@code auto} chooses. */
class DrawingTest {
  private static final int MOST = 10_000;

  @Test
  void meansBehindALastLayerAreComputedAsLongAsThatIsNearerThanSamples() {
    byte[] softmax = TestModels.lastLayer(8, 3, 0.5);
    assertThat(chosen(softmax, 100, Wanted.MEANS, Map.of())).isEqualTo("analytic_last_layer");
    assertThat(chosen(softmax, 101, Wanted.MEANS, Map.of())).isEqualTo("balanced");
    byte[] exact = TestModels.linear(new float[] {1, 2}, 0.5);
    assertThat(chosen(exact, MOST, Wanted.MEANS, Map.of())).isEqualTo("analytic_last_layer");
  }

  @Test
  void otherMeansAreOfBalancedMasks() {
    byte[] onnx = TestModels.mlp(8, 3, 0.5);
    assertThat(chosen(onnx, 100, Wanted.MEANS, Map.of())).isEqualTo("balanced");
  }

  @Test
  void whatMeasuresTheSpreadOrMayEndSoonerIsOfIndependentMasks() {
    byte[] onnx = TestModels.lastLayer(8, 3, 0.5);
    assertThat(chosen(onnx, 100, Wanted.SPREAD, Map.of())).isEqualTo("sample");
    assertThat(chosen(onnx, 100, Wanted.SAMPLES, Map.of())).isEqualTo("sample");
    Map<String, JsonNode> target = Map.of("mc_target_se", DoubleNode.valueOf(0.01));
    assertThat(chosen(onnx, 100, Wanted.MEANS, target)).isEqualTo("sample");
    Map<String, JsonNode> deadline = Map.of("mc_deadline_ms", DoubleNode.valueOf(5));
    assertThat(chosen(onnx, 100, Wanted.MEANS, deadline)).isEqualTo("sample");
  }

  @Test
  void aMethodThatIsNamedIsTaken() {
    byte[] onnx = TestModels.lastLayer(8, 3, 0.5);
    Map<String, JsonNode> named = Map.of("mc_method", TextNode.valueOf("antithetic"));
    assertThat(chosen(onnx, 100, Wanted.MEANS, named)).isEqualTo("antithetic");
  }

  private static String chosen(
      byte[] onnx, int samples, Wanted wanted, Map<String, JsonNode> parameters) {
    try (ServableModel model = ModelLoader.load(onnx)) {
      SamplingParameters asked = SamplingParameters.of(parameters, MOST);
      return Drawing.of(asked, samples, wanted, model, () -> 1, System::nanoTime).method().name();
    }
  }
}
