package dev.bridle.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bridle.inference.mask.MaskMethods;
import dev.bridle.inference.testing.TestModels;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LeasesTest {
  @Test
  void whatIsLeasedClosesOnceAndBehindTheLastLease() {
    AtomicInteger closed = new AtomicInteger();
    Leases leases = new Leases(closed::incrementAndGet);
    Leases.Lease first = leases.take().orElseThrow();
    Leases.Lease second = leases.take().orElseThrow();
    leases.end();
    first.close();
    first.close();
    assertThat(closed).hasValue(0);
    second.close();
    leases.end();
    assertThat(closed).hasValue(1);
    assertThat(leases.take()).isEmpty();
  }

  @Test
  void aRequestOnItsWayIsAnsweredByTheModelThatWasSwitchedOff() {
    ServableModel model = ModelLoader.load(TestModels.linear(new float[] {1, 2}, 0.5));
    Map<String, Tensor> request =
        Map.of("input", Tensor.floats(List.of(1L, 2L), new float[] {3, 4}));
    try (Leases.Lease lease = model.lease().orElseThrow()) {
      model.close();
      assertThat(model.answer(request, Set.of("y")).get("y").floats()).containsExactly(11);
      assertThat(model.sample(request, SamplingPlan.of(MaskMethods.INDEPENDENT, 10, 1)).outputs())
          .containsKey("y");
    }
    assertThat(model.lease()).isEmpty();
  }
}
