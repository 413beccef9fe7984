package dev.bridle.monitor.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bridle.events.AlertRaised;
import dev.bridle.events.EpochCompleted;
import dev.bridle.events.Severity;
import dev.bridle.events.SignalIssued;
import dev.bridle.events.TrainingEvent;
import dev.bridle.monitor.Curves;
import dev.bridle.monitor.policy.Policy;
import dev.bridle.monitor.policy.PolicyRule;
import dev.bridle.monitor.rule.Judged;
import dev.bridle.monitor.rule.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FailingRuleTest {
  /** Throws on every epoch but the first. */
  private static final class Failing implements Rule<String> {
    @Override
    public String initial() {
      return "";
    }

    @Override
    public Judged<String> judge(String state, EpochCompleted epoch) {
      if (epoch.epoch() > 1) {
        throw new IllegalStateException("cannot judge epoch " + epoch.epoch());
      }
      return Judged.keepTraining(state);
    }
  }

  @Test
  void isToldOnceAndLeavesTheOtherRulesToTheirWork() {
    RunJudge judge =
        new RunJudge(Duration.ofHours(1), PolicyBook.EMPTY, spec -> withFailing(Policy.of(spec)));
    MemoryHistory history = new MemoryHistory();
    List<TrainingEvent> decisions = new ArrayList<>();
    Optional<RunState> state = Optional.empty();
    for (EpochCompleted epoch : Curves.overfitting(60)) {
      Judgment judgment = judge.completed(state, epoch, history);
      state = Optional.of(judgment.state());
      decisions.addAll(judgment.decisions());
    }

    assertThat(decisions)
        .filteredOn(AlertRaised.class::isInstance)
        .map(AlertRaised.class::cast)
        .filteredOn(alert -> alert.rule().equals("failing"))
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.severity()).isEqualTo(Severity.CRITICAL);
              assertThat(alert.epoch()).isEqualTo(2);
              assertThat(alert.message()).contains("cannot judge epoch 2");
            });
    assertThat(decisions).hasAtLeastOneElementOfType(SignalIssued.class);
  }

  private static Policy withFailing(Policy policy) {
    List<PolicyRule<?>> rules = new ArrayList<>();
    rules.add(new PolicyRule<>("failing", true, Optional.empty(), String.class, new Failing()));
    rules.addAll(policy.rules());
    return new Policy(policy.spec(), policy.wishesNeeded(), rules);
  }
}
