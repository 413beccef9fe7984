package dev.bridle.localstack.cli;

import dev.bridle.localstack.stack.StackPorts;
import picocli.CommandLine.Option;

/** Where a new stack listens: on the loopback address, on these ports. */
final class PortOptions {
  @Option(
      names = "--kafka-port",
      paramLabel = "PORT",
      defaultValue = "${env:BRIDLE_KAFKA_PORT:-9092}",
      description = "Kafka's port (default: 9092; 0: any free one, as with the others).")
  private int kafka;

  @Option(
      names = "--monitor-port",
      paramLabel = "PORT",
      defaultValue = "${env:BRIDLE_MONITOR_PORT:-8080}",
      description = "Port of the monitor and the console (default: 8080).")
  private int monitor;

  @Option(
      names = "--trainer-port",
      paramLabel = "PORT",
      defaultValue = "${env:BRIDLE_TRAINER_PORT:-8081}",
      description = "The trainer's port (default: 8081).")
  private int trainer;

  @Option(
      names = "--inference-port",
      paramLabel = "PORT",
      defaultValue = "${env:BRIDLE_INFERENCE_PORT:-8082}",
      description = "The inference service's port (default: 8082).")
  private int inference;

  StackPorts ports() {
    return new StackPorts(kafka, monitor, trainer, inference, 0);
  }
}
