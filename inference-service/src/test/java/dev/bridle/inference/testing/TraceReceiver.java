package dev.bridle.inference.testing;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A collector of traces that takes OTLP over HTTP as protobuf. Source of the fields' numbers: <a
 * href="https://github.com/open-telemetry/opentelemetry-proto">opentelemetry-proto</a>, trace.proto
 * and common.proto.
 */
public final class TraceReceiver implements AutoCloseable {
  private final HttpServer server;
  private final List<Received> spans = new CopyOnWriteArrayList<>();

  /**
   * @param parent its id; empty for none
   * @param attributes texts and whole numbers
   */
  public record Received(
      String trace,
      String id,
      String parent,
      String name,
      long startNanos,
      long endNanos,
      Map<String, Object> attributes) {}

  public TraceReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/traces",
        exchange -> {
          spans.addAll(read(UnknownFieldSet.parseFrom(exchange.getRequestBody())));
          exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** All so far of the trace. */
  public List<Received> spans(String trace) {
    return spans.stream().filter(span -> span.trace().equals(trace)).toList();
  }

  private static List<Received> read(UnknownFieldSet request) {
    List<Received> read = new ArrayList<>();
    for (UnknownFieldSet resource : messages(request, 1)) {
      for (UnknownFieldSet scope : messages(resource, 2)) {
        messages(scope, 2).forEach(span -> read.add(span(span)));
      }
    }
    return read;
  }

  private static Received span(UnknownFieldSet span) {
    Map<String, Object> attributes = new HashMap<>();
    for (UnknownFieldSet attribute : messages(span, 9)) {
      UnknownFieldSet value = messages(attribute, 2).get(0);
      String key = attribute.getField(1).getLengthDelimitedList().get(0).toStringUtf8();
      if (value.hasField(1)) {
        attributes.put(key, value.getField(1).getLengthDelimitedList().get(0).toStringUtf8());
      } else if (value.hasField(3)) {
        attributes.put(key, value.getField(3).getVarintList().get(0));
      }
    }
    return new Received(
        hex(span, 1),
        hex(span, 2),
        hex(span, 4),
        span.getField(5).getLengthDelimitedList().get(0).toStringUtf8(),
        span.getField(7).getFixed64List().get(0),
        span.getField(8).getFixed64List().get(0),
        attributes);
  }

  private static String hex(UnknownFieldSet message, int field) {
    List<ByteString> values = message.getField(field).getLengthDelimitedList();
    return values.isEmpty() ? "" : HexFormat.of().formatHex(values.get(0).toByteArray());
  }

  private static List<UnknownFieldSet> messages(UnknownFieldSet message, int field) {
    List<UnknownFieldSet> messages = new ArrayList<>();
    for (ByteString bytes : message.getField(field).getLengthDelimitedList()) {
      try {
        messages.add(UnknownFieldSet.parseFrom(bytes));
      } catch (IOException e) {
        throw new IllegalStateException("no protobuf", e);
      }
    }
    return messages;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
