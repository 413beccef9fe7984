package dev.bridle.trainer.export;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.bridle.trainer.data.Rows;
import java.nio.FloatBuffer;
import java.util.Map;

/** Runs an exported graph on ONNX Runtime, the engine that will serve it. */
public final class OnnxRuntimeCheck {
  private OnnxRuntimeCheck() {}

  /**
   * @param raw features as the file holds them
   * @return probabilities, row-major
   */
  public static float[] probabilities(byte[] model, Rows raw) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      try (OrtSession session = environment.createSession(model, options);
          OnnxTensor input =
              OnnxTensor.createTensor(
                  environment,
                  FloatBuffer.wrap(raw.features()),
                  new long[] {raw.count(), raw.columns()});
          OrtSession.Result result = session.run(Map.of(OnnxExporter.INPUT, input))) {
        FloatBuffer values = ((OnnxTensor) result.get(0)).getFloatBuffer();
        float[] probabilities = new float[values.remaining()];
        values.get(probabilities);
        return probabilities;
      }
    } catch (OrtException e) {
      throw new ExportException("ONNX Runtime does not run the exported graph: " + e.getMessage());
    }
  }
}
