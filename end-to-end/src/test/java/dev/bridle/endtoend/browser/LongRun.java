package dev.bridle.endtoend.browser;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bridle.endtoend.LiveStack;
import dev.bridle.events.RunId;
import java.net.URI;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A run that goes on for many minutes unless it is stopped; canceled in the end, for others wait.
 */
final class LongRun implements AutoCloseable {
  private static final Set<String> OVER = Set.of("SUCCEEDED", "FAILED", "CANCELLED");

  private final LiveStack stack;
  private final RunId id;

  private LongRun(LiveStack stack, RunId id) {
    this.stack = stack;
    this.id = id;
  }

  /** Returns when it has trained a few epochs. */
  static LongRun start(LiveStack stack, String name) {
    return start(stack, name, spec -> {});
  }

  /**
   * @param change of what is submitted
   */
  static LongRun start(LiveStack stack, String name, Consumer<ObjectNode> change) {
    ObjectNode spec = LiveStack.spec("digits-plain.json", name);
    ((ObjectNode) spec.get("training")).put("epochs", 100_000);
    ((ObjectNode) spec.get("policy"))
        .putArray("rules")
        .addObject()
        .put("rule", "maxEpochs")
        .put("maxEpochs", 90_000);
    change.accept(spec);
    LongRun run = new LongRun(stack, stack.submit(spec));
    stack.awaitEpoch(run.id, 3);
    return run;
  }

  RunId id() {
    return id;
  }

  int epoch() {
    return stack.run(id).path("lastEpoch").asInt();
  }

  @Override
  public void close() {
    if (!OVER.contains(stack.run(id).path("phase").asText())) {
      URI trainer = stack.processes().layout().trainer();
      stack.post(trainer.resolve("/v1/runs/" + id + "/cancel"), "", 200);
    }
  }
}
