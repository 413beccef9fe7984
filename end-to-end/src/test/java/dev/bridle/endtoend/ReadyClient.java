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
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Asks one thing again and again, by turns of those instances that say that they are ready, as a
 * service of Kubernetes would route it.
 */
final class ReadyClient implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(20);
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
  private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
  private int turn;

  ReadyClient(List<URI> instances, Function<URI, HttpRequest.Builder> request) {
    this.instances = new CopyOnWriteArrayList<>(instances);
    this.request = request;
    pace.scheduleAtFixedRate(this::ask, 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
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
    turn++;
    IntStream.range(0, instances.size())
        .mapToObj(i -> instances.get((turn + i) % instances.size()))
        .filter(this::isReady)
        .findFirst()
        .ifPresentOrElse(this::ask, () -> failures.add("none of " + instances + " was ready"));
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
    pace.shutdown();
    pace.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }
}
