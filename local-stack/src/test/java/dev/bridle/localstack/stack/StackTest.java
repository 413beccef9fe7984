package dev.bridle.localstack.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bridle.localstack.stack.ServiceStatus.Health;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real processes, small ones. */
class StackTest {
  @TempDir Path home;
  private Stack stack;

  @AfterEach
  void leaveNoProcessBehind() {
    if (stack != null) {
      stack.stop();
    }
  }

  @Test
  void startsAllAndEndsAll() {
    stack = stackOf(serving("broker"), serving("monitor"));
    Set<String> seen = new HashSet<>();

    stack.start(services -> services.forEach(service -> seen.add(service.name())));

    assertThat(seen).containsExactlyInAnyOrder("broker", "monitor");
    assertThat(stack.status()).extracting(ServiceStatus::health).containsOnly(Health.READY);
    assertThat(stack.stop()).containsExactly("broker", "monitor");
    assertThat(stack.status()).extracting(ServiceStatus::health).containsOnly(Health.DOWN);
    assertThat(stack.stop()).isEmpty();
  }

  @Test
  void isFoundAgainByAnotherCommand() {
    stack = stackOf(serving("broker"), serving("monitor"));
    stack.start(StartListener.SILENT);

    Stack later = new Stack(stack.layout(), Clock.systemUTC());

    assertThat(later.status()).extracting(ServiceStatus::health).containsOnly(Health.READY);
    assertThat(StackRecord.ports(home)).contains(stack.layout().ports());
    assertThat(later.stop()).containsExactly("broker", "monitor");
    assertThat(stack.running()).isEmpty();
    assertThat(StackRecord.ports(home)).isEmpty();
  }

  @Test
  void refusesASecondStartAndLeavesTheFirstAlone() {
    stack = stackOf(serving("broker"));
    stack.start(StartListener.SILENT);
    Stack second = new Stack(stack.layout(), Clock.systemUTC());

    assertThatExceptionOfType(StackException.class)
        .isThrownBy(() -> second.start(StartListener.SILENT))
        .withMessageContaining("already running")
        .withMessageContaining("bridle down");
    assertThat(stack.running()).containsExactly("broker");
  }

  @Test
  void namesTheTakenPortWhoWantsItAndTheOptionThatChangesIt() throws IOException {
    Service monitor = serving("monitor");
    stack = stackOf(serving("broker"), monitor);
    int port = monitor.ports().get(0).port();

    try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(other.isBound()).isTrue();
      assertThatExceptionOfType(StackException.class)
          .isThrownBy(() -> stack.start(StartListener.SILENT))
          .withMessageContaining("Port " + port)
          .withMessageContaining("monitor")
          .withMessageContaining("--monitor-port");
    }
    assertThat(stack.running()).isEmpty();
  }

  @Test
  void showsTheLogOfAProcessThatDiesAtStartAndEndsTheRest() {
    stack = stackOf(serving("broker"), StandIns.dying(home, "trainer"));

    assertThatExceptionOfType(StackException.class)
        .isThrownBy(() -> stack.start(StartListener.SILENT))
        .withMessageContaining("trainer ended while it started")
        .withMessageContaining("the disk is full");
    assertThat(stack.running()).isEmpty();
  }

  @Test
  void aKilledServiceStartsAgainWhileTheOthersRunOn() {
    stack = stackOf(serving("broker"), serving("monitor"));
    stack.start(StartListener.SILENT);
    List<ServiceStatus> before = stack.status();

    stack.kill("monitor");
    assertThat(stack.running()).containsExactly("broker");
    stack.start("monitor");

    List<ServiceStatus> after = stack.status();
    assertThat(after).extracting(ServiceStatus::health).containsOnly(Health.READY);
    assertThat(after.get(0).pid()).isEqualTo(before.get(0).pid());
    assertThat(after.get(1).pid()).isNotEqualTo(before.get(1).pid());
  }

  @Test
  void aStoppedStackStartsAgain() {
    stack = stackOf(serving("broker"));
    stack.start(StartListener.SILENT);
    stack.stop();

    stack.start(StartListener.SILENT);

    assertThat(stack.running()).containsExactly("broker");
  }

  private Service serving(String name) {
    return StandIns.serving(home, name);
  }

  private Stack stackOf(Service... services) {
    return new Stack(StandIns.layout(home, services), Clock.systemUTC());
  }
}
