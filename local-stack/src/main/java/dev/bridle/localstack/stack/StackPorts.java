package dev.bridle.localstack.stack;

import dev.bridle.localstack.broker.FreePorts;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The loopback ports of a stack; 0 stands for any free one.
 *
 * @param kafka of Kafka's clients
 * @param monitor of the monitor's REST and the console
 * @param trainer of the trainer's REST
 * @param inference of the Open Inference Protocol
 * @param controller of Kafka's own controller
 */
public record StackPorts(int kafka, int monitor, int trainer, int inference, int controller) {
  /** The ports that the documentation names; the controller's is free. */
  public static final StackPorts DEFAULTS = new StackPorts(9092, 8080, 8081, 8082, 0);

  /** All free: several stacks may run side by side. */
  public static final StackPorts ANY = new StackPorts(0, 0, 0, 0, 0);

  public StackPorts {
    requirePort("kafka-port", kafka);
    requirePort("monitor-port", monitor);
    requirePort("trainer-port", trainer);
    requirePort("inference-port", inference);
    requirePort("controller-port", controller);
    Set<Integer> named = new HashSet<>();
    for (int port : List.of(kafka, monitor, trainer, inference, controller)) {
      if (port != 0 && !named.add(port)) {
        throw new IllegalArgumentException("the ports should differ: " + port + " stands twice");
      }
    }
  }

  /** The same with a free port in the place of each 0. */
  public StackPorts resolved() {
    Set<Integer> taken = new HashSet<>(List.of(kafka, monitor, trainer, inference, controller));
    return new StackPorts(
        resolve(kafka, taken),
        resolve(monitor, taken),
        resolve(trainer, taken),
        resolve(inference, taken),
        resolve(controller, taken));
  }

  private static int resolve(int port, Set<Integer> taken) {
    int candidate = port;
    while (candidate == 0) {
      int free = FreePorts.next();
      candidate = taken.add(free) ? free : 0;
    }
    return candidate;
  }

  private static void requirePort(String key, int port) {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(
          key + " should be between 1 and 65535, or 0 for any free port: was " + port);
    }
  }
}
