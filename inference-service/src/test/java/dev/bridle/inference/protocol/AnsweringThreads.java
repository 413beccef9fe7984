package dev.bridle.inference.protocol;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which thread gave each answer, by its id. */
@ApplicationScoped
public class AnsweringThreads implements AnswerListener {
  private final Map<String, String> names = new ConcurrentHashMap<>();

  @Override
  public void answered(InferAnswer answer) {
    names.put(answer.id(), Thread.currentThread().getName());
  }

  /** Whether it was given where it was read. */
  public boolean isOfAnEventLoop(String id) {
    return names.get(id).startsWith("vert.x-eventloop");
  }
}
