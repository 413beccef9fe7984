package dev.bridle.trainer.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A comparison of a run with others that differ from it in one thing each, over the same seeds.
 *
 * @param name what its owner calls the study: required
 * @param spec the run with everything: required
 * @param seeds how many times each is trained, with the run's seed, the next, and so on; in [2,
 *     30]: 5
 * @param without techniques of the run that are taken away, one at a time, up to 30; {@code
 *     earlyStopping} takes the policy away: none
 * @param arms other changes, up to 30: none
 * @param metric of the test split to compare by: accuracy, or rmse, of the first head
 */
public record StudySpec(
    String name,
    RunSpec spec,
    Integer seeds,
    List<String> without,
    List<Arm> arms,
    Optional<String> metric) {
  private static final int MOST_ARMS = 30;
  private static final Set<String> RESERVED = Set.of("full");

  /**
   * One change.
   *
   * @param name required, another for each
   * @param group arms of a group are a sweep: for each seed the one with the lowest validation loss
   *     stands for all of them
   * @param changes a JSON merge patch (RFC 7396) of the run's spec: required
   */
  public record Arm(String name, Optional<String> group, JsonNode changes) {
    public Arm {
      Require.name("arms[].name", name);
      group = Require.orElse(group, Optional.empty());
      group.ifPresent(given -> Require.name("arms[].group", given));
      if (changes == null || !changes.isObject()) {
        throw new InvalidFieldException("arms[].changes", "should be a JSON object");
      }
    }
  }

  public StudySpec {
    Require.name("name", name);
    Require.present("spec", spec);
    seeds = Require.between("seeds", 2, 30, Require.orElse(seeds, 5));
    without = List.copyOf(Require.orElse(without, List.of()));
    arms = List.copyOf(Require.orElse(arms, List.of()));
    metric = Require.orElse(metric, Optional.empty());
    Require.between("without and arms", 1, MOST_ARMS, without.size() + arms.size());
    Set<String> names = new HashSet<>(RESERVED);
    without.forEach(technique -> requireNew(names, "without", "without-" + technique));
    arms.forEach(arm -> requireNew(names, "arms[].name", arm.name()));
    arms.forEach(arm -> arm.group().ifPresent(group -> requireFree(names, group)));
  }

  private static void requireNew(Set<String> names, String field, String name) {
    if (!names.add(name)) {
      throw new InvalidFieldException(
          field, "should be given once: was '%s' again".formatted(name));
    }
  }

  private static void requireFree(Set<String> names, String group) {
    if (names.contains(group)) {
      throw new InvalidFieldException(
          "arms[].group", "should not be the name of an arm: was '%s'".formatted(group));
    }
  }
}
