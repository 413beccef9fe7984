package dev.bridle.inference.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bridle.inference.engine.ModelLoader;
import dev.bridle.inference.engine.ServableModel;
import dev.bridle.inference.engine.Tensor;
import dev.bridle.inference.testing.TestModels;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PacesTest {
  private final ServableModel model = ModelLoader.load(TestModels.switchedOff(new float[] {1, 2}));
  private final Paces paces = new Paces();

  @AfterEach
  void close() {
    model.close();
  }

  @Test
  void aModelThatHasNotRunIsNotQuick() {
    assertThat(paces.areQuick(model, 1)).isFalse();
  }

  @Test
  void asManyRowsAreQuickAsTakeAMillisecond() {
    ran(model, 4, TimeUnit.MICROSECONDS.toNanos(400));
    assertThat(paces.areQuick(model, 10)).isTrue();
    assertThat(paces.areQuick(model, 11)).isFalse();
  }

  @Test
  void aSlowModelIsNotQuick() {
    ran(model, 1, TimeUnit.SECONDS.toNanos(1));
    assertThat(paces.areQuick(model, 1)).isFalse();
  }

  @Test
  void aPauseIsSoonForgottenAndASlowdownSoonNoticed() {
    ran(model, 1, TimeUnit.MICROSECONDS.toNanos(50));
    ran(model, 1, TimeUnit.SECONDS.toNanos(5));
    assertThat(paces.areQuick(model, 1)).isTrue();
    for (int run = 0; run < 5; run++) {
      ran(model, 1, TimeUnit.SECONDS.toNanos(5));
    }
    assertThat(paces.areQuick(model, 1)).isFalse();
    for (int run = 0; run < 8; run++) {
      ran(model, 1, TimeUnit.MICROSECONDS.toNanos(50));
    }
    assertThat(paces.areQuick(model, 1)).isTrue();
  }

  @Test
  void aModelWhoseRowsDependOnEachOtherIsNeverQuick() {
    try (ServableModel mixing = ModelLoader.load(TestModels.minusTheMeanOfTheRows(2))) {
      ran(mixing, 1, 1000);
      assertThat(paces.areQuick(mixing, 1)).isFalse();
    }
  }

  private void ran(ServableModel ran, int rows, long nanos) {
    Map<String, Tensor> inputs =
        Map.of("input", Tensor.floats(List.of((long) rows, 2L), new float[2 * rows]));
    paces.ran(
        new Computation(ran, inputs, Optional.empty(), Set.of("y"), 64),
        new Computation.Result(Optional.empty(), Optional.empty(), Map.of(), 1, rows, nanos));
  }
}
