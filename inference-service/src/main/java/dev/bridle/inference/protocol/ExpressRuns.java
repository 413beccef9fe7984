package dev.bridle.inference.protocol;

import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Computes quick requests on the event loop that reads them, by one run for all that it read in one
 * go; thus a loop that has much to read shares runs, and nobody waits for a batch to fill. A loop
 * never waits: where no turn is free, a request goes the general way.
 */
final class ExpressRuns {
  private static final Logger LOG = Logger.getLogger(ExpressRuns.class);

  private final Inference inference;
  private final Answers answers;

  /** What each loop has read and not begun to compute. */
  private final ThreadLocal<List<Waiting>> waiting = ThreadLocal.withInitial(ArrayList::new);

  /**
   * @param loop the request's own context
   */
  private record Waiting(Question question, Context loop, Consumer<Optional<InferAnswer>> then) {
    void end(Optional<InferAnswer> answer, Context current) {
      question.close();
      if (loop == current) {
        then.accept(answer);
      } else {
        loop.runOnContext(ignored -> then.accept(answer));
      }
    }
  }

  ExpressRuns(Inference inference, Answers answers) {
    this.inference = inference;
    this.answers = answers;
  }

  /**
   * Called on the loop.
   *
   * @param loop the request's context
   * @param then gets the answer, on that context; empty if it should go the general way
   */
  void add(Question question, Context loop, Consumer<Optional<InferAnswer>> then) {
    List<Waiting> all = waiting.get();
    all.add(new Waiting(question, loop, then));
    if (all.size() == 1) {
      loop.runOnContext(ignored -> run(loop));
    }
  }

  /** One run; the loop reads and writes before the next. */
  private void run(Context loop) {
    List<Waiting> all = waiting.get();
    List<Waiting> batch = together(all);
    if (!all.isEmpty()) {
      loop.runOnContext(ignored -> run(loop));
    }
    List<Question> questions = new ArrayList<>(batch.size());
    batch.forEach(each -> questions.add(each.question()));
    Optional<List<InferAnswer>> answered = tryAnswer(questions, loop);
    for (int at = 0; at < batch.size(); at++) {
      batch
          .get(at)
          .end(answered.isEmpty() ? Optional.empty() : Optional.of(answered.get().get(at)), loop);
    }
  }

  private Optional<List<InferAnswer>> tryAnswer(List<Question> questions, Context loop) {
    try {
      return answers.tryAnswer(questions, task -> loop.executeBlocking(done(task), false));
    } catch (RuntimeException | Error e) {
      LOG.debug("A quick request failed; it fails once more on the general way, and says why", e);
      return Optional.empty();
    }
  }

  private static Callable<Void> done(Runnable task) {
    return () -> {
      task.run();
      return null;
    };
  }

  /** Takes the first, and those that may join it. */
  private List<Waiting> together(List<Waiting> all) {
    List<Waiting> batch = new ArrayList<>();
    List<Computation> works = new ArrayList<>();
    int rows = 0;
    for (Iterator<Waiting> each = all.iterator(); each.hasNext(); ) {
      Waiting next = each.next();
      Computation work = next.question().computation();
      if (works.isEmpty()
          || work.joins(works)
              && inference.areQuick(next.question().served(), rows + work.rows())) {
        each.remove();
        batch.add(next);
        works.add(work);
        rows += work.rows();
      }
    }
    return batch;
  }
}
