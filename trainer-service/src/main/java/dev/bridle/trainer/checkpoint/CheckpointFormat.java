package dev.bridle.trainer.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bridle.trainer.model.Weights;
import dev.bridle.trainer.train.Checkpoint;
import dev.bridle.trainer.train.OptimizerState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A checkpoint as one safetensors file: tensors {@code weights/…}, {@code best/…} and {@code
 * optimizer/…}, and the rest as JSON in its metadata under {@code bridle}.
 */
public final class CheckpointFormat {
  private static final String WEIGHTS = "weights/";
  private static final String BEST = "best/";
  private static final String OPTIMIZER = "optimizer/";
  private static final String METADATA = "bridle";
  private static final ObjectMapper JSON = new ObjectMapper();

  private record BestHeader(int epoch, double validationLoss, int turns) {}

  private record Header(
      String specSha256,
      int epoch,
      int optimizerSteps,
      List<Checkpoint.Turned> turns,
      BestHeader best) {}

  private CheckpointFormat() {}

  /**
   * @param specSha256 of the spec that it belongs to
   */
  public static byte[] write(Checkpoint checkpoint, String specSha256) {
    Map<String, Weights.Tensor> tensors = new LinkedHashMap<>();
    put(tensors, WEIGHTS, checkpoint.weights());
    checkpoint.best().ifPresent(best -> put(tensors, BEST, best.weights()));
    put(tensors, OPTIMIZER, checkpoint.optimizer().moments());
    Header header =
        new Header(
            specSha256,
            checkpoint.epoch(),
            checkpoint.optimizer().steps(),
            checkpoint.turns(),
            checkpoint
                .best()
                .map(best -> new BestHeader(best.epoch(), best.validationLoss(), best.turns()))
                .orElse(null));
    return new Safetensors(Map.of(METADATA, json(header)), new Weights(tensors)).bytes();
  }

  /**
   * @throws UncheckedIOException if it isn't a whole checkpoint, or belongs to another spec
   */
  public static Checkpoint read(byte[] bytes, String specSha256) {
    Safetensors file = Safetensors.of(bytes);
    Header header = header(file);
    if (!header.specSha256().equals(specSha256)) {
      throw new UncheckedIOException(
          new IOException(
              "the checkpoint belongs to spec %s, the run has spec %s"
                  .formatted(header.specSha256(), specSha256)));
    }
    Optional<Checkpoint.Best> best =
        Optional.ofNullable(header.best())
            .map(
                found ->
                    new Checkpoint.Best(
                        found.epoch(), found.validationLoss(), found.turns(), taken(file, BEST)));
    return new Checkpoint(
        header.epoch(),
        taken(file, WEIGHTS),
        new OptimizerState(header.optimizerSteps(), taken(file, OPTIMIZER)),
        header.turns(),
        best);
  }

  private static void put(Map<String, Weights.Tensor> all, String prefix, Weights some) {
    some.tensors()
        .forEach(
            (name, tensor) ->
                all.put(
                    prefix + name,
                    new Weights.Tensor(prefix + name, tensor.shape(), tensor.values())));
  }

  private static Weights taken(Safetensors file, String prefix) {
    Map<String, Weights.Tensor> some = new LinkedHashMap<>();
    file.tensors()
        .tensors()
        .forEach(
            (name, tensor) -> {
              if (name.startsWith(prefix)) {
                String bare = name.substring(prefix.length());
                some.put(bare, new Weights.Tensor(bare, tensor.shape(), tensor.values()));
              }
            });
    return new Weights(some);
  }

  private static Header header(Safetensors file) {
    try {
      return JSON.readValue(file.metadata().getOrDefault(METADATA, ""), Header.class);
    } catch (IOException e) {
      throw new UncheckedIOException("no header of a checkpoint", e);
    }
  }

  private static String json(Header header) {
    try {
      return JSON.writeValueAsString(header);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
