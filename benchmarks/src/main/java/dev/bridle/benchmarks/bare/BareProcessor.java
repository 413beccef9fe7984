package dev.bridle.benchmarks.bare;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Writes so much for each record: what is kept to its store, the rest to its topic. */
final class BareProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  /** The history, whose keys are {@code run/epoch} with the epoch in ten digits. */
  private static final String HISTORY = "-epochs-changelog";

  private static final int DIGITS = 10;

  private final Keeping keeping;
  private final List<Output> outputs;
  private final Writing[] writings;
  private final double[] due;
  private ProcessorContext<byte[], byte[]> context;

  /** Writes what is due once. */
  private interface Writing {
    void write(Record<byte[], byte[]> record);
  }

  BareProcessor(Keeping keeping, List<Output> outputs) {
    this.keeping = keeping;
    this.outputs = outputs;
    writings = new Writing[outputs.size()];
    due = new double[outputs.size()];
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    this.context = context;
    for (int i = 0; i < writings.length; i++) {
      writings[i] = writing(outputs.get(i), new Random(i));
    }
  }

  private Writing writing(Output output, Random random) {
    boolean history = output.topic().endsWith(HISTORY);
    byte[] value = new byte[Math.max(0, output.bytes() - (history ? 1 + DIGITS : 0))];
    random.nextBytes(value);
    if (keeping.keeps(output)) {
      KeyValueStore<byte[], byte[]> store =
          context.getStateStore(output.store(BareTopology.group(keeping)));
      return record -> store.put(history ? historyKey(record.key()) : record.key(), value);
    }
    return record ->
        context.forward(
            new Record<>(
                history ? historyKey(record.key()) : record.key(), value, record.timestamp()),
            output.topic());
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    for (int i = 0; i < writings.length; i++) {
      for (due[i] += outputs.get(i).perRecord(); due[i] >= 1; due[i]--) {
        writings[i].write(record);
      }
    }
  }

  /** With the record's offset for its epoch, which takes reading: both only grow in a run. */
  private byte[] historyKey(byte[] run) {
    byte[] digits = new byte[DIGITS];
    long rest = context.recordMetadata().orElseThrow().offset();
    for (int i = DIGITS - 1; i >= 0; i--, rest /= 10) {
      digits[i] = (byte) ('0' + rest % 10);
    }
    return ByteBuffer.allocate(run.length + 1 + DIGITS)
        .put(run)
        .put((byte) '/')
        .put(digits)
        .array();
  }
}
