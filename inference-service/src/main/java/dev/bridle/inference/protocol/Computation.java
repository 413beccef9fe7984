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
 * A request that waits for its turn. Requests of one model and the same outputs may share a run,
 * where the model takes rows one by one: plain ones, and sampled ones whose sub-networks may be the
 * same.
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
   * @param drawing how it was sampled: the request's own way, or that of the one that led the run
   * @param sampled what was sampled
   * @param plain the deterministic outputs among those wanted
   * @param batch how many requests shared the run
   * @param rows of the whole run
   * @param nanos how long it computed
   */
  record Result(
      Optional<Drawing> drawing,
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
    return drawing.isPresent() == first.drawing().isPresent()
        && drawing.stream().allMatch(own -> own.takes(first.drawing().orElseThrow()))
        && model == first.model()
        && outputs.equals(first.outputs())
        && model.takesRowsOneByOne()
        && rows <= batchRows;
  }

  @Override
  public List<Result> computeWith(List<Computation> batch) {
    long start = System.nanoTime();
    Map<String, Tensor> all = batch.size() == 1 ? inputs : joined(batch);
    Optional<SampledAnswer> sampled = drawing.map(drawn -> drawn.answer(model, all));
    Set<String> deterministic =
        sampled.map(answer -> without(answer.outputs().keySet())).orElse(outputs);
    Map<String, Tensor> plain =
        deterministic.isEmpty() ? Map.of() : model.answer(all, deterministic);
    long nanos = System.nanoTime() - start;
    if (batch.size() == 1) {
      return List.of(new Result(drawing, sampled, plain, 1, rows(), nanos));
    }
    return split(batch.stream().map(Computation::rows).toList(), sampled, plain, nanos);
  }

  private Set<String> without(Set<String> sampled) {
    return outputs.stream().filter(name -> !sampled.contains(name)).collect(Collectors.toSet());
  }

  private static Map<String, Tensor> joined(List<Computation> batch) {
    Map<String, Tensor> joined = new HashMap<>();
    for (String name : batch.get(0).inputs().keySet()) {
      joined.put(
          name, Tensors.joined(batch.stream().map(work -> work.inputs().get(name)).toList()));
    }
    return joined;
  }

  private List<Result> split(
      List<Integer> rows, Optional<SampledAnswer> sampled, Map<String, Tensor> plain, long nanos) {
    Optional<List<SampledAnswer>> answers = sampled.map(answer -> answer.split(rows));
    Map<String, List<Tensor>> parts = new HashMap<>();
    plain.forEach((name, tensor) -> parts.put(name, Tensors.split(tensor, rows)));
    int all = rows.stream().mapToInt(Integer::intValue).sum();
    List<Result> results = new ArrayList<>();
    for (int at = 0; at < rows.size(); at++) {
      int place = at;
      Map<String, Tensor> own = new HashMap<>();
      parts.forEach((name, tensors) -> own.put(name, tensors.get(place)));
      results.add(
          new Result(drawing, answers.map(each -> each.get(place)), own, rows.size(), all, nanos));
    }
    return results;
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
