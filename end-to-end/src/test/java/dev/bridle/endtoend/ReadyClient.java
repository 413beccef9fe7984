package dev.bridle.endtoend;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Asks one thing again and again, by turns of those instances that say that they are ready, as a
 * service of Kubernetes would route it.
 */
final class ReadyClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final List<URI> instances;
  private final Function<URI, HttpRequest.Builder> request;
  private final AtomicInteger answered = new AtomicInteger();
  private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
  private final Thread thread = new Thread(this::ask, "ready-client");
  private volatile boolean closed;

  ReadyClient(List<URI> instances, Function<URI, HttpRequest.Builder> request) {
    this.instances = new CopyOnWriteArrayList<>(instances);
    this.request = request;
    thread.start();
  }

  /** From now on that one is asked too, once it is ready. */
  void add(URI instance) {
    instances.add(instance);
  }

  int answered() {
    return answered.get();
  }

  /** What was not answered by 200. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  private void ask() {
    for (int turn = 0; !closed; turn++) {
      boolean anyReady = false;
      for (int i = 0; i < instances.size() && !anyReady; i++) {
        URI instance = instances.get((turn + i) % instances.size());
        if (isReady(instance)) {
          anyReady = true;
          ask(instance);
        }
      }
      if (!anyReady) {
        failures.add("none of " + instances + " was ready");
      }
    }
  }

  private boolean isReady(URI instance) {
    try {
      return status(HttpRequest.newBuilder(instance.resolve("/q/health/ready"))).statusCode()
          == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private void ask(URI instance) {
    try {
      HttpResponse<String> answer = status(request.apply(instance));
      if (answer.statusCode() == 200) {
        answered.incrementAndGet();
      } else {
        failures.add(answer.uri() + " answered " + answer.statusCode() + ": " + answer.body());
      }
    } catch (IOException e) {
      failures.add(instance + ": " + e);
    }
  }

  private HttpResponse<String> status(HttpRequest.Builder request) throws IOException {
    try {
      return http.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    thread.join();
  }
}
