package dev.bridle.monitor.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import dev.bridle.events.AttemptStarted;
import dev.bridle.events.EpochCompleted;
import dev.bridle.events.PolicySpec;
import dev.bridle.events.RunId;
import dev.bridle.monitor.rule.RuleCatalog;
import dev.bridle.monitor.rule.RuleDefinition;
import dev.bridle.monitor.run.EpochHistory;
import dev.bridle.monitor.run.RunJudge;
import dev.bridle.monitor.run.RunState;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunStateCborTest {
  private static final RunId RUN = new RunId("r1");
  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");
  private static final ObjectMapper CBOR = new CBORMapper();

  /** What the monitor before version 1 wrote of the same run, as JSON. */
  private static final String BEFORE_VERSION_1 =
      """
      {"attempt": 2, "lastEpoch": 3, "experiment": "demo", "ended": false, "stopEpoch": 0,
       "origin": "SUBMISSION",
       "ruleStates": [{"bestEpoch": 3, "best": 0.25, "misses": 0, "recent": []},
                      {"values": [0.75, 0.5, 0.25], "alarm": {"inARow": 0}},
                      {"overfittedInARow": 3}],
       "stopWishes": ["patience"], "said": [], "openAlerts": {"spike": "r1/2/3/spike"}}
      """;

  @Test
  void readsWhatItWroteOfEveryRule() {
    for (RuleDefinition<?> rule : RuleCatalog.rules()) {
      PolicySpec spec = policy(rule.name());
      for (int epochs : List.of(0, 1, 2, 60)) {
        RunState state = judged(spec, epochs);

        RunState read =
            RunStateCbor.read(RunStateCbor.write(state), RunStateCbor.write(state.policy()));

        assertThat(read.memory()).isEqualTo(state.memory());
        assertThat(read)
            .usingRecursiveComparison()
            .ignoringFields("policy", "memory")
            .isEqualTo(state);
      }
    }
  }

  @Test
  void readsWhatAnEarlierVersionWroteAndWritesItAsARow() throws IOException {
    RunState state = judged(policy("patience", "spike", "generalizationGap"), 3);
    byte[] policy = RunStateCbor.write(state.policy());
    byte[] old = CBOR.writeValueAsBytes(new ObjectMapper().readTree(BEFORE_VERSION_1));

    RunState read = RunStateCbor.read(old, policy);

    assertThat(read.attempt()).isEqualTo(2);
    assertThat(read.lastEpoch()).isEqualTo(3);
    assertThat(read.memory().states()).isEqualTo(state.memory().states());
    assertThat(read.memory().stopWishes()).containsExactly("patience");
    assertThat(read.memory().openAlerts().get("spike").value()).isEqualTo("r1/2/3/spike");
    byte[] row = RunStateCbor.write(read);
    assertThat(row.length).isLessThan(old.length / 2);
    assertThat(RunStateCbor.read(row, policy).memory()).isEqualTo(read.memory());
  }

  @Test
  void passesOverWhatALaterVersionAppendsAndRefusesAnotherFormat() throws IOException {
    RunState state = judged(policy("patience"), 3);
    byte[] policy = RunStateCbor.write(state.policy());
    ArrayNode row = (ArrayNode) CBOR.readTree(RunStateCbor.write(state));
    byte[] appended = CBOR.writeValueAsBytes(row.deepCopy().add("later"));
    ArrayNode next = row.deepCopy();
    next.set(0, next.numberNode(RunStateCbor.VERSION + 1));

    assertThat(RunStateCbor.read(appended, policy).memory()).isEqualTo(state.memory());
    assertThatThrownBy(() -> RunStateCbor.read(CBOR.writeValueAsBytes((JsonNode) next), policy))
        .hasMessage("a run's state should be of version 1 at most: was 2");
  }

  private static PolicySpec policy(String... rules) {
    return new PolicySpec(
        "any", List.of(rules).stream().map(rule -> Map.<String, Object>of("rule", rule)).toList());
  }

  private static RunState judged(PolicySpec policy, int epochs) {
    RunJudge judge = new RunJudge(Duration.ofHours(1));
    EpochHistory none = new NoEpochs();
    RunState started =
        judge
            .started(
                Optional.empty(),
                new AttemptStarted(RUN, 1, 0, "r", "demo", 100, Optional.of(policy), TIME),
                none)
            .state();
    return IntStream.rangeClosed(1, epochs)
        .mapToObj(RunStateCborTest::epoch)
        .reduce(
            started,
            (state, epoch) -> judge.completed(Optional.of(state), epoch, none).state(),
            (one, other) -> other);
  }

  private static EpochCompleted epoch(int epoch) {
    double loss = epoch <= 3 ? 1 - 0.25 * epoch : 0.25 + 0.01 * epoch;
    return new EpochCompleted(
        RUN,
        1,
        epoch,
        Map.of("trainingLoss", loss / 8, "validationLoss", loss, "gradientNorm/dense", 1.0),
        TIME.plusSeconds(epoch));
  }

  private static final class NoEpochs implements EpochHistory {
    @Override
    public List<EpochCompleted> upTo(RunId run, int epoch) {
      return List.of();
    }

    @Override
    public boolean has(EpochCompleted epoch) {
      return false;
    }

    @Override
    public void add(EpochCompleted epoch) {}

    @Override
    public void removeAfter(RunId run, int epoch) {}
  }
}
