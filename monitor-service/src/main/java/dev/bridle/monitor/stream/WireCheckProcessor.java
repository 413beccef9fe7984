package dev.bridle.monitor.stream;

import dev.bridle.events.TrainingEvent;
import dev.bridle.events.wire.EventCodec;
import dev.bridle.events.wire.EventType;
import dev.bridle.events.wire.MalformedEventException;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Dead-letters what is malformed on the topics that the monitor alone reads. The live view passes
 * such records over, at every start anew; here each is dead-lettered once.
 */
final class WireCheckProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  private final MonitorMeters meters;
  private ProcessorContext<byte[], byte[]> context;
  private DeadLetters deadLetters;

  WireCheckProcessor(MonitorMeters meters) {
    this.meters = meters;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    this.context = context;
    deadLetters = new DeadLetters(context, meters);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    if (record.value() == null) {
      return; // compaction's tombstone
    }
    try {
      EventCodec.decode(record.headers(), record.value())
          .ifPresentOrElse(this::checkTopic, meters::unknownEvent);
    } catch (MalformedEventException e) {
      deadLetters.bury(record, e.getMessage());
    }
  }

  private void checkTopic(TrainingEvent event) {
    String topic = context.recordMetadata().orElseThrow().topic();
    EventType type = EventType.of(event);
    if (!type.topic().equals(topic)) {
      throw new MalformedEventException(type.cloudEventsType() + " does not belong on " + topic);
    }
  }
}
