package dev.bridle.inference.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bridle.inference.engine.Deadline;
import dev.bridle.inference.engine.ModelLoader;
import dev.bridle.inference.engine.SamplingPlan;
import dev.bridle.inference.engine.ServableModel;
import dev.bridle.inference.engine.Tensor;
import dev.bridle.inference.mask.MaskMethod;
import dev.bridle.inference.mask.MaskMethods;
import dev.bridle.inference.testing.TestModels;
import dev.bridle.inference.uncertainty.UncertaintyMeasures;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
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
  void plainRequestsOfOneModelJoinUpToTheGreatestBatch() {
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

  @Test
  void sampledRequestsThatShareARunAreAnsweredToTheBitAsAlone() {
    try (ServableModel model = ModelLoader.load(TestModels.mlp(2, 3, 0.5))) {
      for (String method : List.of("sample", "antithetic", "balanced")) {
        Computation one = sampled(model, drawing(method, 100, 7, true), 1, 2);
        Computation two = sampled(model, drawing(method, 100, 8, false), 3, 4, 5, 6);
        Computation likeTwo = sampled(model, drawing(method, 100, 7, true), 3, 4, 5, 6);

        List<Computation.Result> shared = one.computeWith(List.of(one, two));

        assertThat(shared.get(0).drawing()).isEqualTo(one.drawing());
        assertThat(shared.get(1).drawing()).as("tells the seed it has").isEqualTo(one.drawing());
        assertThat(described(shared.get(0))).isEqualTo(described(alone(one)));
        assertThat(described(shared.get(1))).isEqualTo(described(alone(likeTwo)));
      }
    }
  }

  @Test
  void sampledRequestsJoinWhereTheirSubNetworksMayBeTheSame() {
    try (ServableModel model = ModelLoader.load(TestModels.mlp(2, 3, 0.5))) {
      Computation first = sampled(model, drawing("sample", 100, 7, true), 1, 2);
      assertThat(joins(model, drawing("sample", 100, 8, false), first)).isTrue();
      assertThat(joins(model, drawing("sample", 100, 7, true), first)).isTrue();
      assertThat(joins(model, drawing("sample", 100, 8, true), first)).isFalse();
      assertThat(joins(model, drawing("sample", 50, 8, false), first)).isFalse();
      assertThat(joins(model, drawing("balanced", 100, 8, false), first)).isFalse();
      assertThat(plain(model, 8, 3, 4).joins(List.of(first))).isFalse();
      Drawing hurried =
          new Drawing(
              first.drawing().orElseThrow().method(),
              new SamplingPlan(
                  MaskMethods.INDEPENDENT,
                  100,
                  7,
                  Optional.empty(),
                  Deadline.in(Duration.ofSeconds(1), System::nanoTime)),
              false);
      assertThat(joins(model, hurried, first)).isFalse();
    }
  }

  private static boolean joins(ServableModel model, Drawing drawing, Computation first) {
    return sampled(model, drawing, 3, 4).joins(List.of(first));
  }

  private static Drawing drawing(String method, int samples, long seed, boolean given) {
    MaskMethod masks = MaskMethods.named(method).orElseThrow();
    return new Drawing(new McMethod.Masked(masks), SamplingPlan.of(masks, samples, seed), given);
  }

  private static Computation sampled(ServableModel model, Drawing drawing, float... values) {
    Tensor rows = Tensor.floats(List.of(values.length / 2L, 2L), values);
    Set<String> outputs = model.sampledOutputs().keySet();
    return new Computation(
        model, Map.of(model.inputs().get(0).name(), rows), Optional.of(drawing), outputs, 8);
  }

  private static Computation.Result alone(Computation computation) {
    return computation.computeWith(List.of(computation)).get(0);
  }

  /** All that is said of the sampled outputs. */
  private static Map<String, List<String>> described(Computation.Result result) {
    Map<String, List<String>> described = new TreeMap<>();
    result
        .sampled()
        .orElseThrow()
        .outputs()
        .forEach(
            (name, output) ->
                described.put(
                    name,
                    Stream.concat(
                            Stream.of(output.mean()),
                            UncertaintyMeasures.describing(output.kind()).stream()
                                .map(output::measured))
                        .map(tensor -> tensor.shape() + Arrays.toString(tensor.floats()))
                        .toList()));
    return described;
  }

  private static Tensor y(Computation.Result result) {
    return result.plain().get("y");
  }

  private static Computation plain(ServableModel model, int batchRows, float... values) {
    Tensor rows = Tensor.floats(List.of(values.length / 2L, 2L), values);
    return new Computation(model, Map.of("input", rows), Optional.empty(), Set.of("y"), batchRows);
  }
}
