package dev.bridle.trainer.export;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.bridle.trainer.data.Rows;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Runs an exported graph on ONNX Runtime, the engine that will serve it. */
public final class OnnxRuntimeCheck {
  /** What would take live Dropout out of the graph. */
  private static final String DISABLED = "optimization.disable_specified_optimizers";

  private OnnxRuntimeCheck() {}

  /**
   * @param raw features as the file holds them
   * @return probabilities, row-major
   */
  public static float[] probabilities(byte[] model, Rows raw) {
    try (Session session = new Session(model)) {
      return session.answer(raw);
    }
  }

  /**
   * What a graph whose Dropout is alive answers to the same rows, time after time. Several times
   * are one call, as many as {@code most} rows allow: ONNX Runtime seeds the generator of each call
   * by the last one's seed plus 1, which the first units of two calls show.
   *
   * @return probabilities, row-major, for each time
   */
  static List<float[]> samples(byte[] model, Rows raw, int times, long most) {
    int together = (int) Math.max(1, Math.min(times, most / raw.count()));
    List<float[]> samples = new ArrayList<>();
    try (Session session = new Session(model)) {
      while (samples.size() < times) {
        float[] answers = session.answer(raw.repeated(together));
        int size = answers.length / together;
        for (int i = 0; i < together && samples.size() < times; i++) {
          samples.add(Arrays.copyOfRange(answers, i * size, (i + 1) * size));
        }
      }
    }
    return samples;
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

    float[] answer(Rows raw) {
      long[] shape = {raw.count(), raw.columns()};
      FloatBuffer features = FloatBuffer.wrap(raw.features());
      try (OnnxTensor input = OnnxTensor.createTensor(environment, features, shape);
          OrtSession.Result result = session.run(Map.of(OnnxExporter.INPUT, input))) {
        FloatBuffer values = ((OnnxTensor) result.get(0)).getFloatBuffer();
        float[] probabilities = new float[values.remaining()];
        values.get(probabilities);
        return probabilities;
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
