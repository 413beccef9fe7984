package dev.bridle.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.TensorProto;
import dev.bridle.inference.graph.ModelRefusedException;
import dev.bridle.inference.testing.ModelFiles;
import dev.bridle.inference.testing.TestModels;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that reach out of themselves, or are broken, are refused and do no other harm. */
class HostileModelsTest {
  private static final int BROKEN = 500;

  static Stream<String> hostile() {
    return ModelFiles.hostile().stream();
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void whatReachesOutOfItsFileIsRefusedBeforeTheRuntimeSeesIt(String name) {
    assertThatThrownBy(() -> ModelLoader.load(ModelFiles.bytes(name)))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining(name.contains("custom") ? "Frobnicate" : "another file");
  }

  @Test
  void anInputThatNobodyCanGiveIsRefused() {
    byte[] onnx = TestModels.identity(TensorProto.DataType.UINT16, 2);
    assertThatThrownBy(() -> ModelLoader.load(onnx))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessage("input 'b' is of a type that isn't served: UINT16");
  }

  @Test
  void everyWayOutIsTried() {
    assertThat(ModelFiles.hostile()).hasSizeGreaterThanOrEqualTo(10);
  }

  @Test
  void brokenFilesAreServedOrRefusedAndNothingElse() {
    Random random = new Random(20_261_123);
    int refused = 0;
    for (String name : List.of("torch-mlp-training-17", "torch-cnn-training-9")) {
      byte[] whole = ModelFiles.bytes(name);
      for (int trial = 0; trial < BROKEN / 2; trial++) {
        byte[] broken = broken(whole, random);
        try (ServableModel model = ModelLoader.load(broken)) {
          assertThat(model.outputs()).isNotEmpty();
        } catch (ModelRefusedException e) {
          assertThat(e.getMessage()).isNotBlank();
          refused++;
        }
      }
    }
    assertThat(refused).isGreaterThan(BROKEN / 10);
  }

  /** Cut off, or with a few bytes changed in the structure, which is in front and at the end. */
  private static byte[] broken(byte[] whole, Random random) {
    if (random.nextInt(5) == 0) {
      return Arrays.copyOf(whole, random.nextInt(whole.length));
    }
    byte[] broken = whole.clone();
    for (int change = random.nextInt(4); change >= 0; change--) {
      broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
    }
    return broken;
  }
}
