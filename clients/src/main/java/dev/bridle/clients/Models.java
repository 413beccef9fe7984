package dev.bridle.clients;

import dev.bridle.events.ModelExported;

/** Models that passed the parity gate: to deploy elsewhere, say. */
public final class Models {
  private Models() {}

  static String line(ModelExported event) {
    return "%s version %d, sha256 %s, at %s"
        .formatted(event.model(), event.version(), event.sha256(), event.uri());
  }

  public static void main(String[] arguments) {
    Printer.print(arguments, ModelExported.class, Models::line);
  }
}
