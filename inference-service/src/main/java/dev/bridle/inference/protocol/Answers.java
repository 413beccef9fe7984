package dev.bridle.inference.protocol;

import dev.bridle.inference.engine.ServableModel;
import dev.bridle.inference.repository.ServedModel;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Answers what clients ask, and tells those who listen. What an evaluation asks for goes past it.
 */
@ApplicationScoped
class Answers {
  private final Inference inference;
  private final List<AnswerListener> listeners;

  Answers(Inference inference, @All List<AnswerListener> listeners) {
    this.inference = inference;
    this.listeners = listeners;
  }

  /** As {@link Inference#answer}. */
  InferAnswer answer(Supplier<ServedModel> found, Function<ServableModel, InferRequest> reader) {
    InferAnswer answer = inference.answer(found, reader);
    tell(answer);
    return answer;
  }

  /** As {@link Inference#tryAnswer}. */
  Optional<List<InferAnswer>> tryAnswer(List<Question> questions, Executor elsewhere) {
    Optional<List<InferAnswer>> answers = inference.tryAnswer(questions, elsewhere);
    answers.ifPresent(all -> all.forEach(this::tell));
    return answers;
  }

  private void tell(InferAnswer answer) {
    listeners.forEach(listener -> listener.answered(answer));
  }
}
