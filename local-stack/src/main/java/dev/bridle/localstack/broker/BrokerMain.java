package dev.bridle.localstack.broker;

import java.nio.file.Path;

/** The broker as a process of its own: {@code BrokerMain DATA_FOLDER PORT CONTROLLER_PORT}. */
public final class BrokerMain {
  private BrokerMain() {}

  public static void main(String[] arguments) {
    if (arguments.length != 3) {
      System.err.println("usage: BrokerMain DATA_FOLDER PORT CONTROLLER_PORT");
      System.exit(2);
    }
    try {
      LocalBroker broker =
          LocalBroker.start(
              new BrokerSettings(
                  Path.of(arguments[0]),
                  Integer.parseInt(arguments[1]),
                  Integer.parseInt(arguments[2])));
      Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "broker-shutdown"));
      System.out.println("Kafka is ready on " + broker.bootstrapServers());
      broker.awaitShutdown();
    } catch (BrokerStartException | IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }
}
