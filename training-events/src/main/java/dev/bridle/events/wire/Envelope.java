package dev.bridle.events.wire;

import io.cloudevents.CloudEventData;
import io.cloudevents.SpecVersion;
import io.cloudevents.rw.CloudEventWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * What is read of a CloudEvent. The other attributes have to be there where CloudEvents requires
 * them, but are left as they are: to parse them takes as long as to judge the event.
 *
 * @param subject null if it has none
 * @param data null if it has none
 */
record Envelope(String type, String subject, byte[] data) {
  /**
   * Of a record in binary mode whose attributes are spelled as {@link EventCodec} does. Empty for
   * any other: the SDK knows what else may be, and says what may not.
   */
  static Optional<Envelope> plain(Headers headers, byte[] value) {
    String type = null;
    String subject = null;
    boolean hasId = false;
    boolean hasSource = false;
    boolean hasVersion = false;
    for (Header header : headers) {
      String name = header.key();
      boolean attribute = name.startsWith("ce_");
      if ((attribute || name.equals("content-type")) && header.value() == null) {
        return Optional.empty();
      }
      switch (name) {
        case "ce_type" -> type = text(header);
        case "ce_subject" -> subject = text(header);
        case "ce_id" -> hasId = true;
        case "ce_source" -> hasSource = true;
        case "ce_specversion" -> hasVersion = text(header).equals("1.0");
        case "content-type" -> {
          if (!text(header).equals("application/json")) {
            return Optional.empty();
          }
        }
        default -> {}
      }
    }
    return type != null && hasId && hasSource && hasVersion
        ? Optional.of(new Envelope(type, subject, value))
        : Optional.empty();
  }

  private static String text(Header header) {
    return new String(header.value(), StandardCharsets.UTF_8);
  }

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
