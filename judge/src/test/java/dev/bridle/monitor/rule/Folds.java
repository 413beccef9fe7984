package dev.bridle.monitor.rule;

import dev.bridle.events.EpochCompleted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A rule's verdicts over a whole curve. */
final class Folds {
  private Folds() {}

  static Rule<?> rule(String name, Map<String, Object> settings) {
    return RuleCatalog.named("policy.rules[0].rule", name).rule("policy.rules[0]", settings);
  }

  static <S> List<Verdict> verdicts(Rule<S> rule, List<EpochCompleted> curve) {
    List<Verdict> verdicts = new ArrayList<>();
    S state = rule.initial();
    for (EpochCompleted epoch : curve) {
      Judged<S> judged = rule.judge(state, epoch);
      state = judged.state();
      verdicts.add(judged.verdict());
    }
    return verdicts;
  }

  /** The epoch, counted from 1, of the first verdict of that kind. */
  static Optional<Integer> first(Class<? extends Verdict> kind, List<Verdict> verdicts) {
    for (int i = 0; i < verdicts.size(); i++) {
      if (kind.isInstance(verdicts.get(i))) {
        return Optional.of(i + 1);
      }
    }
    return Optional.empty();
  }
}
