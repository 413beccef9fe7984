package dev.bridle.trainer.export;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.bridle.trainer.data.Rows;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs an exported graph on ONNX Runtime, the engine that will serve it. */
final class OnnxRuntimeCheck {
  /** What would take live Dropout out of the graph. */
  private static final String DISABLED = "optimization.disable_specified_optimizers";

  private OnnxRuntimeCheck() {}

  /**
   * @param raw features as the file holds them
   * @return each output's values, row-major
   */
  static Map<String, float[]> answers(byte[] model, Rows raw) {
    try (Session session = new Session(model)) {
      return session.answers(raw);
    }
  }

  /**
   * What a graph whose Dropout is alive answers to the same rows, time after time. Several times
   * are one call, as many as {@code most} rows allow: ONNX Runtime seeds the generator of each call
   * by the last one's seed plus 1, which the first units of two calls show.
   *
   * @return each output's values, row-major, for each time
   */
  static List<Map<String, float[]>> samples(byte[] model, Rows raw, int times, long most) {
    int together = (int) Math.max(1, Math.min(times, most / raw.count()));
    List<Map<String, float[]>> samples = new ArrayList<>();
    try (Session session = new Session(model)) {
      while (samples.size() < times) {
        Map<String, float[]> answers = session.answers(raw.repeated(together));
        for (int i = 0; i < together && samples.size() < times; i++) {
          int part = i;
          Map<String, float[]> sample = new HashMap<>(answers);
          sample.replaceAll((name, values) -> part(values, part, together));
          samples.add(sample);
        }
      }
    }
    return samples;
  }

  private static float[] part(float[] values, int part, int parts) {
    int size = values.length / parts;
    return Arrays.copyOfRange(values, part * size, (part + 1) * size);
  }

  private static final class Session implements AutoCloseable {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;

    Session(byte[] model) {
      try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        options.addConfigEntry(DISABLED, "EliminateDropout");
        session = environment.createSession(model, options);
      } catch (OrtException e) {
        throw refused(e);
      }
    }

    Map<String, float[]> answers(Rows raw) {
      long[] shape = {raw.count(), raw.columns()};
      FloatBuffer features = FloatBuffer.wrap(raw.features());
      try (OnnxTensor input = OnnxTensor.createTensor(environment, features, shape);
          OrtSession.Result result = session.run(Map.of(OnnxExporter.INPUT, input))) {
        Map<String, float[]> answers = new HashMap<>();
        for (Map.Entry<String, OnnxValue> output : result) {
          FloatBuffer values = ((OnnxTensor) output.getValue()).getFloatBuffer();
          float[] copied = new float[values.remaining()];
          values.get(copied);
          answers.put(output.getKey(), copied);
        }
        return answers;
      } catch (OrtException e) {
        throw refused(e);
      }
    }

    @Override
    public void close() {
      try {
        session.close();
      } catch (OrtException e) {
        throw refused(e);
      }
    }

    private static ExportException refused(OrtException e) {
      return new ExportException("ONNX Runtime does not run the exported graph: " + e.getMessage());
    }
  }
}
