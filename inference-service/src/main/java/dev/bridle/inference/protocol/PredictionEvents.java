package dev.bridle.inference.protocol;

import dev.bridle.events.PredictionMade;
import dev.bridle.inference.engine.Datatype;
import dev.bridle.inference.engine.Tensor;
import dev.bridle.inference.protocol.EventMeters.Outcome;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Says on Kafka what was answered, of a sample of the requests. The answer's thread does no more
 * than to decide; the event is made by another.
 */
@Startup
@ApplicationScoped
class PredictionEvents implements AnswerListener {
  private final SampleRate rate;
  private final int mostValues;
  private final Outbox outbox;
  private final EventMeters meters;
  private final Clock clock = Clock.systemUTC();

  PredictionEvents(PredictionsConfig config, Outbox outbox, EventMeters meters) {
    this.rate = new SampleRate(config.rate());
    this.mostValues = config.mostValues();
    this.outbox = outbox;
    this.meters = meters;
  }

  @Override
  public void answered(InferAnswer answer) {
    if (!rate.takes(answer.id())) {
      return;
    }
    long size = answer.outputs().values().stream().mapToLong(tensor -> elements(tensor)).sum();
    if (size > mostValues) {
      meters.count(Outcome.OVERSIZED);
      return;
    }
    Instant now = clock.instant();
    outbox.offer(() -> event(answer, now));
  }

  private static long elements(Tensor tensor) {
    int bytes = tensor.datatype().bytes();
    return bytes == 0 ? 0 : tensor.data().remaining() / bytes;
  }

  /** Texts, and FP16 that has no JSON, are left out. */
  static PredictionMade event(InferAnswer answer, Instant time) {
    Map<String, PredictionMade.Output> outputs = new HashMap<>();
    answer
        .outputs()
        .forEach(
            (name, tensor) -> {
              if (tensor.datatype() != Datatype.BYTES && tensor.datatype() != Datatype.FP16) {
                outputs.put(name, new PredictionMade.Output(tensor.shape(), values(tensor)));
              }
            });
    return new PredictionMade(
        answer.model().model(),
        answer.model().version(),
        answer.sha256(),
        answer.id(),
        answer.samples(),
        answer.drawing().map(drawing -> drawing.method().name()),
        answer.drawing().map(drawing -> drawing.plan().seed()),
        outputs,
        time);
  }

  private static List<Double> values(Tensor tensor) {
    List<Double> values = new ArrayList<>();
    ByteBuffer data = tensor.data().duplicate().order(ByteOrder.nativeOrder());
    while (data.hasRemaining()) {
      values.add(
          switch (tensor.datatype()) {
            case BOOL -> data.get() == 0 ? 0.0 : 1.0;
            case UINT8 -> (double) Byte.toUnsignedInt(data.get());
            case INT8 -> (double) data.get();
            case INT16 -> (double) data.getShort();
            case INT32 -> (double) data.getInt();
            case INT64 -> (double) data.getLong();
            case FP64 -> data.getDouble();
            // The digits that REST answers with: 0.1, and not 0.10000000149011612.
            default -> Double.parseDouble(Float.toString(data.getFloat()));
          });
    }
    return values;
  }
}
