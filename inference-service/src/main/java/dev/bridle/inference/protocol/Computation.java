package dev.bridle.inference.protocol;

import dev.bridle.inference.engine.SampledAnswer;
import dev.bridle.inference.engine.ServableModel;
import dev.bridle.inference.engine.Tensor;
import dev.bridle.inference.engine.TensorSpec;
import dev.bridle.inference.engine.Tensors;
import dev.bridle.inference.queue.Work;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A request that waits for its turn. Plain ones of one model and the same outputs may share a run,
 * where the model takes rows one by one; sampled ones fill their runs by themselves.
 *
 * @param batchRows the most rows of a shared run
 */
record Computation(
    ServableModel model,
    Map<String, Tensor> inputs,
    Optional<Drawing> drawing,
    Set<String> outputs,
    int batchRows)
    implements Work<Computation, Computation.Result> {

  /**
   * @param sampled what was sampled
   * @param plain the deterministic outputs among those wanted
   * @param batch how many requests shared the run
   * @param rows of the whole run
   * @param nanos how long it computed
   */
  record Result(
      Optional<SampledAnswer> sampled,
      Map<String, Tensor> plain,
      int batch,
      int rows,
      long nanos) {}

  /** Whether nothing is sampled. */
  boolean isPlain() {
    return drawing.isEmpty();
  }

  @Override
  public boolean joins(List<Computation> others) {
    Computation first = others.get(0);
    int rows = rows() + others.stream().mapToInt(Computation::rows).sum();
    return isPlain()
        && first.isPlain()
        && model == first.model()
        && outputs.equals(first.outputs())
        && model.takesRowsOneByOne()
        && rows <= batchRows;
  }

  @Override
  public List<Result> computeWith(List<Computation> batch) {
    long start = System.nanoTime();
    if (batch.size() == 1) {
      return List.of(alone(start));
    }
    Map<String, Tensor> joined = new HashMap<>();
    inputs
        .keySet()
        .forEach(
            name ->
                joined.put(
                    name,
                    Tensors.joined(batch.stream().map(work -> work.inputs().get(name)).toList())));
    Map<String, Tensor> answer = model.answer(joined, outputs);
    List<Integer> rows = batch.stream().map(Computation::rows).toList();
    Map<String, List<Tensor>> parts = new HashMap<>();
    answer.forEach((name, tensor) -> parts.put(name, Tensors.split(tensor, rows)));
    long nanos = System.nanoTime() - start;
    int all = rows.stream().mapToInt(Integer::intValue).sum();
    List<Result> results = new ArrayList<>();
    for (int at = 0; at < batch.size(); at++) {
      Map<String, Tensor> own = new HashMap<>();
      int place = at;
      parts.forEach((name, tensors) -> own.put(name, tensors.get(place)));
      results.add(new Result(Optional.empty(), own, batch.size(), all, nanos));
    }
    return results;
  }

  private Result alone(long start) {
    if (isPlain()) {
      Map<String, Tensor> answer = model.answer(inputs, outputs);
      return new Result(Optional.empty(), answer, 1, rows(), System.nanoTime() - start);
    }
    Optional<SampledAnswer> sampled = drawing.map(drawn -> drawn.answer(model, inputs));
    Set<String> deterministic =
        outputs.stream()
            .filter(name -> sampled.isEmpty() || !sampled.orElseThrow().outputs().containsKey(name))
            .collect(Collectors.toSet());
    Map<String, Tensor> plain =
        deterministic.isEmpty() ? Map.of() : model.answer(inputs, deterministic);
    return new Result(sampled, plain, 1, rows(), System.nanoTime() - start);
  }

  /** How many numbers come out of a model that takes rows one by one, as it declares them. */
  long answerSize() {
    long size = 0;
    for (TensorSpec output : model.outputs()) {
      if (outputs.contains(output.name())) {
        size += output.shape().stream().skip(1).reduce((long) rows(), Math::multiplyExact);
      }
    }
    return size;
  }

  /** The first dimension of the first input that has one; 1 without. */
  int rows() {
    for (Tensor input : inputs.values()) {
      if (!input.shape().isEmpty()) {
        return Math.toIntExact(input.shape().get(0));
      }
    }
    return 1;
  }
}
