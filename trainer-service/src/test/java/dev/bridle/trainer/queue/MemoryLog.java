package dev.bridle.trainer.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.bridle.events.wire.EventJson;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A log in memory, with one view of it for each trainer, which can be cut off. */
final class MemoryLog implements AutoCloseable {
  private final List<String> entries = new ArrayList<>();
  private final List<View> views = new ArrayList<>();
  private final ExecutorService broker = Executors.newSingleThreadExecutor();

  /** One trainer's way to it. */
  final class View implements QueueLog {
    private Reader reader;
    private int next;
    private boolean cutOff;

    @Override
    public void follow(Reader reader) {
      broker.execute(
          () -> {
            this.reader = reader;
            catchUp();
            reader.caughtUp();
          });
    }

    /** Neither reads nor writes from now on; what it appends meanwhile is never written. */
    void cutOff() {
      broker.execute(() -> cutOff = true);
    }

    void heal() {
      broker.execute(
          () -> {
            cutOff = false;
            catchUp();
          });
    }

    @Override
    public CompletableFuture<Long> append(QueueEntry entry) {
      CompletableFuture<Long> place = new CompletableFuture<>();
      broker.execute(
          () -> {
            if (cutOff) {
              place.completeExceptionally(new IllegalStateException("cut off"));
              return;
            }
            place.complete((long) entries.size());
            entries.add(json(entry));
            views.forEach(View::catchUp);
          });
      return place;
    }

    private void catchUp() {
      while (reader != null && !cutOff && next < entries.size()) {
        reader.read(entry(entries.get(next)), next++);
      }
    }

    @Override
    public void close() {
      broker.execute(() -> views.remove(this));
    }
  }

  /** Returns once everybody has read what was there before, or is cut off. */
  void settle() {
    try {
      broker.submit(() -> {}).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  View view() {
    View view = new View();
    broker.execute(() -> views.add(view));
    return view;
  }

  @Override
  public void close() {
    broker.shutdown();
  }

  private static String json(QueueEntry entry) {
    try {
      return EventJson.mapper().writerFor(QueueEntry.class).writeValueAsString(entry);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static QueueEntry entry(String json) {
    try {
      return EventJson.mapper().readValue(json, QueueEntry.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
