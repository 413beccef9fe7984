package dev.bridle.localstack.stack;

import dev.bridle.localstack.process.ProcessSpec;
import java.util.List;

/**
 * One process of the stack and where to find it.
 *
 * @param process how it is started
 * @param address for people and programs, such as {@code http://localhost:8080}
 * @param ports the ports it listens on, with the option that changes each
 * @param readiness how it shows that it is ready
 */
public record Service(
    ProcessSpec process, String address, List<PortUse> ports, Readiness readiness) {
  public Service {
    ports = List.copyOf(ports);
    if (ports.isEmpty()) {
      throw new IllegalArgumentException("ports of " + process.name() + " should not be empty");
    }
  }

  public String name() {
    return process.name();
  }

  /**
   * A port of the loopback address.
   *
   * @param option of the command line that changes it
   */
  public record PortUse(int port, String option) {}
}
