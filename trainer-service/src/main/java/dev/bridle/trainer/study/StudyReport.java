package dev.bridle.trainer.study;

import dev.bridle.trainer.study.StudyArm.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * What a study found so far; pure.
 *
 * @param receipts what each technique, change or sweep bought against the run with everything
 * @param recommendation in words, with its evidence; empty until every run has ended
 */
public record StudyReport(
    String metric,
    boolean higherIsBetter,
    List<Arm> arms,
    List<Receipt> receipts,
    List<String> recommendation) {
  /**
   * One arm.
   *
   * @param mean of the metric over its runs that succeeded; empty without one
   * @param meanEpochs that these trained
   * @param unusedFeatures that none of these looked at
   */
  public record Arm(
      String name,
      Optional<String> group,
      OptionalDouble mean,
      OptionalDouble meanEpochs,
      List<String> unusedFeatures,
      List<ArmRun> runs) {}

  /** What a technique of the run, a change of it, or the best of a sweep bought. */
  public record Receipt(String of, Kind kind, Gain gain) {}

  /**
   * @param runs of each arm, the study's seeds in order; the first arm is the run with everything
   */
  static StudyReport of(
      List<StudyArm> arms, List<List<ArmRun>> runs, String metric, boolean higherIsBetter) {
    List<Arm> views = new ArrayList<>();
    Map<String, List<List<ArmRun>>> sweeps = new LinkedHashMap<>();
    List<Receipt> receipts = new ArrayList<>();
    List<ArmRun> full = runs.get(0);
    double better = higherIsBetter ? 1 : -1;
    for (int i = 0; i < arms.size(); i++) {
      StudyArm arm = arms.get(i);
      List<ArmRun> own = runs.get(i);
      views.add(arm(arm, own));
      if (arm.group().isPresent()) {
        sweeps.computeIfAbsent(arm.group().get(), name -> new ArrayList<>()).add(own);
      } else if (arm.kind() == Kind.WITHOUT) {
        String technique = arm.name().substring("without-".length());
        receipts.add(new Receipt(technique, arm.kind(), gain(own, full, better)));
      } else if (arm.kind() == Kind.CHANGED) {
        receipts.add(new Receipt(arm.name(), arm.kind(), gain(full, own, better)));
      }
    }
    sweeps.forEach(
        (group, members) ->
            receipts.add(new Receipt(group, Kind.CHANGED, gain(full, chosen(members), better))));
    boolean over = runs.stream().flatMap(List::stream).allMatch(run -> run.phase().isFinal());
    return new StudyReport(
        metric,
        higherIsBetter,
        views,
        receipts,
        over ? Recommendation.of(receipts, metric) : List.of());
  }

  private static Arm arm(StudyArm arm, List<ArmRun> runs) {
    List<ArmRun> succeeded = runs.stream().filter(run -> run.value().isPresent()).toList();
    List<String> unused = new ArrayList<>();
    if (!succeeded.isEmpty()) {
      unused.addAll(succeeded.get(0).unusedFeatures());
      succeeded.forEach(run -> unused.retainAll(run.unusedFeatures()));
    }
    return new Arm(
        arm.name(),
        arm.group(),
        succeeded.stream().mapToDouble(run -> run.value().getAsDouble()).average(),
        succeeded.stream().mapToDouble(ArmRun::epochs).average(),
        unused,
        runs);
  }

  /** Of each seed the run with the lowest validation loss: what a sweep's owner would keep. */
  private static List<ArmRun> chosen(List<List<ArmRun>> members) {
    return IntStream.range(0, members.get(0).size())
        .mapToObj(
            seed ->
                members.stream()
                    .map(arm -> arm.get(seed))
                    .min(
                        Comparator.comparingDouble(
                            run -> run.validationLoss().orElse(Double.POSITIVE_INFINITY)))
                    .orElseThrow())
        .toList();
  }

  private static Gain gain(List<ArmRun> before, List<ArmRun> after, double better) {
    return Gain.of(
        IntStream.range(0, before.size())
            .filter(i -> before.get(i).value().isPresent() && after.get(i).value().isPresent())
            .mapToDouble(
                i ->
                    better
                        * (after.get(i).value().getAsDouble()
                            - before.get(i).value().getAsDouble()))
            .toArray());
  }
}
