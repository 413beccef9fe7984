package dev.bridle.endtoend;

import static org.awaitility.Awaitility.await;

import dev.bridle.localstack.stack.BridleServices;
import dev.bridle.localstack.stack.StackPorts;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A monitor that is told to end does so, whatever became of the broker. */
class MonitorEndIT {
  private static final Duration LIMIT = Duration.ofSeconds(25);

  @TempDir Path home;

  @Test
  void endsThoughTheBrokerIsGone() {
    StackPorts ports = StackPorts.ANY.resolved();
    StackPorts own = new StackPorts(ports.kafka(), 0, 0, 0, 0);
    try (Instance broker = new Instance(BridleServices.BROKER, home.resolve("broker"), ports);
        Instance monitor = new Instance(BridleServices.MONITOR, home.resolve("monitor"), own)) {
      broker.start(LiveStack.PROJECT);
      monitor.start(LiveStack.PROJECT);
      broker.close();
      await().atMost(LiveStack.LONG).until(() -> isRebalancing(monitor));

      ProcessHandle process = monitor.process();
      process.destroy();

      await().atMost(LIMIT).until(() -> !process.isAlive());
    }
  }

  /** Its session is over, and there is nobody to give it partitions again. */
  private static boolean isRebalancing(Instance monitor) {
    return new RestCalls()
        .read(monitor.address().resolve("/q/health/live"))
        .toString()
        .contains("REBALANCING");
  }
}
