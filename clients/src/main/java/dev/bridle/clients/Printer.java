package dev.bridle.clients;

import dev.bridle.events.Event;
import java.util.function.Function;

/** Runs a consumer from the command line: {@code BOOTSTRAP_SERVERS [GROUP]}. */
final class Printer {
  private Printer() {}

  static <E extends Event> void print(String[] arguments, Class<E> type, Function<E, String> line) {
    String servers = arguments.length > 0 ? arguments[0] : "localhost:9092";
    String group = arguments.length > 1 ? arguments[1] : "example-" + type.getSimpleName();
    try (EventReader<E> reader = new EventReader<>(servers, group, type)) {
      Runtime.getRuntime().addShutdownHook(new Thread(reader::end));
      reader.forEach(event -> System.out.println(line.apply(event)));
    }
  }
}
