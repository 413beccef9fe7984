package dev.bridle.localstack.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class StackPortsTest {
  @Test
  void zeroBecomesAFreePortOfItsOwn() {
    StackPorts ports = StackPorts.ANY.resolved();

    assertThat(
            List.of(
                ports.kafka(),
                ports.monitor(),
                ports.trainer(),
                ports.inference(),
                ports.controller()))
        .doesNotHaveDuplicates()
        .doesNotContain(0);
  }

  @Test
  void givenPortsStay() {
    StackPorts ports = StackPorts.DEFAULTS.resolved();

    assertThat(ports.monitor()).isEqualTo(8080);
    assertThat(ports.controller()).isPositive();
  }

  @Test
  void onePortForTwoIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StackPorts(9092, 8080, 8080, 8082, 0))
        .withMessageContaining("8080 stands twice");
  }

  @Test
  void aPortThatIsNoneIsRefusedByItsOptionsName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StackPorts(9092, 70_000, 8081, 8082, 0))
        .withMessageContaining("monitor-port")
        .withMessageContaining("70000");
  }
}
