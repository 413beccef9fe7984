package dev.bridle.events.wire;

import io.cloudevents.CloudEventData;
import io.cloudevents.SpecVersion;
import io.cloudevents.rw.CloudEventWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is read of a CloudEvent. The other attributes have to be there where CloudEvents requires
 * them, but are left as they are: to parse them takes as long as to judge the event.
 *
 * @param subject null if it has none
 * @param data null if it has none
 */
record Envelope(String type, String subject, byte[] data) {

  /** Takes the attributes as the SDK reads them. */
  static final class Writer implements CloudEventWriter<Envelope> {
    private static final List<String> REQUIRED = List.of("id", "source", "type");

    private final Map<String, String> attributes = new HashMap<>();

    Writer(SpecVersion version) {
      // All that is read is the same in every version.
    }

    @Override
    public Writer withContextAttribute(String name, String value) {
      attributes.put(name, value);
      return this;
    }

    @Override
    public Envelope end(CloudEventData data) {
      REQUIRED.forEach(this::require);
      return new Envelope(
          attributes.get("type"), attributes.get("subject"), data == null ? null : data.toBytes());
    }

    @Override
    public Envelope end() {
      return end(null);
    }

    private void require(String name) {
      if (attributes.get(name) == null) {
        throw new IllegalStateException("attribute '" + name + "' is missing");
      }
    }
  }
}
