package dev.bridle.inference.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the samples of a request say.
 *
 * @param outputs by name, every output that lies behind a live Dropout
 * @param samples T, of the row that has the most
 */
public record SampledAnswer(Map<String, SampledOutput> outputs, int samples, StopReason reason) {
  /**
   * The answers of parts, of an answer whose rows have all the same samples and keep none of them.
   *
   * @param rows of each part, together those of the answer
   */
  public List<SampledAnswer> split(List<Integer> rows) {
    List<SampledAnswer> parts = new ArrayList<>();
    int first = 0;
    for (int count : rows) {
      Map<String, SampledOutput> part = new HashMap<>();
      int from = first;
      outputs.forEach((name, output) -> part.put(name, output.rows(from, count)));
      parts.add(new SampledAnswer(part, samples, reason));
      first += count;
    }
    return parts;
  }
}
