package dev.bridle.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bridle.localstack.process.ProcessSpec;
import dev.bridle.localstack.stack.BridleServices;
import dev.bridle.localstack.stack.Readiness;
import dev.bridle.localstack.stack.Service;
import dev.bridle.localstack.stack.Stack;
import dev.bridle.localstack.stack.StackLayout;
import dev.bridle.localstack.stack.StackPorts;
import dev.bridle.localstack.stack.StartListener;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The services are called over TLS, by their users and by each other, and not otherwise. */
class SecuredRestIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path home;
  private static Certificate certificate;
  private static StackLayout layout;
  private static Stack stack;

  @BeforeAll
  static void start() throws Exception {
    certificate = Certificate.make(home, "services");
    StackLayout plain = BridleServices.layout(LiveStack.PROJECT, home, StackPorts.ANY);
    layout =
        new StackLayout(
            home, plain.ports(), plain.services().stream().map(SecuredRestIT::secured).toList());
    stack = new Stack(layout, Clock.systemUTC());
    stack.start(StartListener.SILENT);
  }

  @AfterAll
  static void end() {
    if (stack != null) {
      stack.stop();
    }
  }

  @Test
  void theLoopRunsOverTls() throws Exception {
    JsonNode spec = LiveStack.spec("digits-dropout.json", "secured");
    URI runs = layout.trainer().resolve("/v1/runs");
    HttpResponse<String> submitted =
        send(HttpRequest.newBuilder(https(runs)).POST(BodyPublishers.ofString(spec.toString())));
    assertThat(submitted.statusCode()).as(submitted.body()).isEqualTo(201);
    String run = JSON.readTree(submitted.body()).path("run").asText();

    // The model is fetched from the trainer by inference, and asked for through the monitor.
    awaitOk(layout.inference().resolve("/v2/models/secured/ready"));
    awaitOk(layout.monitor().resolve("/inference/v2/models/secured/ready"));
    awaitOk(layout.monitor().resolve("/trainer/v1/runs/" + run));
    awaitOk(layout.monitor().resolve("/v1/runs/" + run));
  }

  /** As gRPC needs it, which inference speaks on the same port. */
  @Test
  void inferenceOffersHttp2() throws Exception {
    URI live = layout.inference().resolve("/v2/health/live");
    assertThat(send(HttpRequest.newBuilder(https(live))).version())
        .isEqualTo(HttpClient.Version.HTTP_2);
  }

  @ParameterizedTest
  @MethodSource("services")
  void whoSpeaksInPlainTextIsNotAnswered(URI service) {
    HttpRequest request = HttpRequest.newBuilder(service.resolve("/q/health/live")).build();
    assertThatThrownBy(() -> HttpClient.newHttpClient().send(request, BodyHandlers.ofString()))
        .isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @MethodSource("services")
  void anotherCertificateThanTheTrustedIsNotSpokenTo(URI service) throws Exception {
    Path folder = Files.createTempDirectory(home, "other");
    HttpClient other = client(Certificate.make(folder, "other").trusting());
    HttpRequest request = HttpRequest.newBuilder(https(service.resolve("/q/health/live"))).build();
    assertThatThrownBy(() -> other.send(request, BodyHandlers.ofString()))
        .isInstanceOf(SSLHandshakeException.class);
  }

  static Stream<URI> services() {
    return Stream.of(layout.trainer(), layout.monitor(), layout.inference());
  }

  private static void awaitOk(URI address) {
    await()
        .atMost(LiveStack.LONG)
        .until(() -> send(HttpRequest.newBuilder(https(address))).statusCode() == 200);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client(certificate.trusting())
        .send(request.header("Content-Type", "application/json").build(), BodyHandlers.ofString());
  }

  private static HttpClient client(SSLContext trust) {
    return HttpClient.newBuilder().sslContext(trust).build();
  }

  private static URI https(URI plain) {
    return URI.create(secured(plain.toString()));
  }

  private static String secured(String text) {
    return text.replace("http://", "https://");
  }

  /** The service, told of TLS what an operator tells it. */
  private static Service secured(Service service) {
    if (service.name().equals(BridleServices.BROKER)) {
      return service;
    }
    ProcessSpec process = service.process();
    String store = certificate.store().toString();
    List<String> command =
        new ArrayList<>(
            List.of(
                "env",
                "QUARKUS_TLS_KEY_STORE_P12_PATH=" + store,
                "QUARKUS_TLS_KEY_STORE_P12_PASSWORD=" + Certificate.PASSWORD,
                "QUARKUS_HTTP_INSECURE_REQUESTS=disabled",
                "QUARKUS_HTTP_SSL_PORT=" + URI.create(service.address()).getPort(),
                "JAVA_TOOL_OPTIONS=-Djavax.net.ssl.trustStore=%s -Djavax.net.ssl.trustStorePassword=%s"
                    .formatted(store, Certificate.PASSWORD)));
    process.command().stream().map(SecuredRestIT::secured).forEach(command::add);
    return new Service(
        new ProcessSpec(process.name(), command, process.folder(), process.log()),
        service.address(),
        service.ports(),
        new Readiness.Says(""));
  }
}
