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
import org.junit.jupiter.api.Test;

class ComputationTest {
  private static final float[] WEIGHTS = {1, 10};

  @Test
  void requestsThatShareARunGetTheirOwnRows() {
    try (ServableModel model = ModelLoader.load(TestModels.switchedOff(WEIGHTS))) {
      Computation one = plain(model, 64, 1, 2);
      Computation two = plain(model, 64, 3, 4, 5, 6);
      Computation three = plain(model, 64, 7, 8);
      List<Computation.Result> results = one.computeWith(List.of(one, two, three));
      assertThat(y(results.get(0)).floats()).containsExactly(21);
      assertThat(y(results.get(1)).floats()).containsExactly(43, 65);
      assertThat(y(results.get(1)).shape()).containsExactly(2L, 1L);
      assertThat(y(results.get(2)).floats()).containsExactly(87);
      assertThat(results).allMatch(result -> result.batch() == 3);
    }
  }

  @Test
  void onlyPlainRequestsOfOneModelJoinAndOnlyUpToTheGreatestBatch() {
    try (ServableModel model = ModelLoader.load(TestModels.switchedOff(WEIGHTS));
        ServableModel other = ModelLoader.load(TestModels.switchedOff(WEIGHTS));
        ServableModel mixing = ModelLoader.load(TestModels.minusTheMeanOfTheRows(2))) {
      Computation first = plain(model, 2, 1, 2);
      assertThat(plain(model, 2, 3, 4).joins(List.of(first))).isTrue();
      assertThat(plain(model, 2, 3, 4, 5, 6).joins(List.of(first))).isFalse();
      assertThat(plain(other, 2, 3, 4).joins(List.of(first))).isFalse();
      Computation mixed = plain(mixing, 2, 1, 2);
      assertThat(plain(mixing, 2, 3, 4).joins(List.of(mixed))).isFalse();
    }
  }

  private static Tensor y(Computation.Result result) {
    return result.plain().get("y");
  }

  private static Computation plain(ServableModel model, int batchRows, float... values) {
    Tensor rows = Tensor.floats(List.of(values.length / 2L, 2L), values);
    return new Computation(model, Map.of("input", rows), Optional.empty(), Set.of("y"), batchRows);
  }
}
