package dev.bridle.trainer.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bridle.trainer.Digits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpecJsonTest {
  @Test
  void nameAndDataAreEnough() {
    RunSpec spec = Digits.read("{\"name\":\"tiny\",\"data\":{\"uri\":\"digits.csv\"}}");
    assertThat(spec.experiment()).isEqualTo("default");
    assertThat(spec.seed()).isZero();
    assertThat(spec.data())
        .isEqualTo(
            new DataSpec(
                "digits.csv",
                Optional.empty(),
                Optional.empty(),
                "label",
                new SplitSpec(0.6, 0.2, 0.2),
                0.0,
                Optional.empty(),
                java.util.List.of(),
                Optional.empty(),
                java.util.List.of()));
    assertThat(spec.model()).isEqualTo(new MlpSpec(java.util.List.of(128), Activation.RELU, 0.0));
    assertThat(spec.training())
        .isEqualTo(
            new TrainingSpec(
                100,
                32,
                new AdamSpec(0.001, 0.9, 0.999, 1e-8),
                new ScheduleSpec.Constant(0),
                LossWeights.FIXED,
                1000));
    assertThat(spec.policy()).isEmpty();
    assertThat(spec.export()).isEqualTo(new ExportSpec("tiny", true));
  }

  @Test
  void theWrittenSpecReadsBackAsTheSame() {
    RunSpec spec = Digits.spec("{\"epochs\": 5}");
    assertThat(SpecJson.read(SpecJson.write(spec))).isEqualTo(spec);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "digits-plain",
        "digits-dropout",
        "digits-augmented",
        "digits-cnn",
        "diabetes",
        "olive-oils"
      })
  void theExamplesAreValid(String name) throws Exception {
    RunSpec spec =
        SpecJson.read(Files.readAllBytes(Path.of("../examples/specs/" + name + ".json")));
    assertThat(spec.name()).isEqualTo(name);
    assertThat(spec.policy()).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "data":{"uri":"d.csv","splti":{}}                    | data.splti      | is not a known field
          "data":{"uri":"d.csv"},"experimnet":"x"              | experimnet      | is not a known field
          "data":{"uri":""}                                    | data.uri        | should not be blank
          "data":{}                                            | data.uri        | is required
          "data":{"uri":"d.csv","labelNoise":1.5}              | data.labelNoise | should be between 0 and 1: was 1.5
          "data":{"uri":"d.csv","labelNoise":"NaN"}            | data.labelNoise | should be between 0 and 1: was NaN
          "data":{"uri":"d.csv","split":{"training":0.9,"validation":0.2,"test":0.2}} | data.split | should add up to at most 1
          "data":{"uri":"d.csv","sha256":"AB"} | data.sha256 | should be 64 lower-case hexadecimal digits: was 'AB'
          "data":{"uri":"d.csv","split":{"training":0.9,"validation":0.1}} | data.split.test | is required
          "data":{"uri":"d.csv"},"training":{"epochs":0}       | training.epochs | should be between 1 and 100000: was 0
          "data":{"uri":"d.csv"},"training":{"epochs":1.5}     | training.epochs | should be a whole number
          "data":{"uri":"d.csv"},"training":{"epochs":"5"}     | training.epochs | should be a whole number
          "data":{"uri":"d.csv"},"training":{"cleanRows":0}    | training.cleanRows | should be between 1 and 100000000: was 0
          "data":{"uri":"d.csv"},"training":{"batchSize":0}    | training.batchSize | should be between 1 and 65536: was 0
          "data":{"uri":"d.csv"},"training":{"optimizer":{"kind":"lion"}} | training.optimizer.kind | should be one of adam, sgd: was 'lion'
          "data":{"uri":"d.csv"},"training":{"schedule":{"kind":"cosine","least":1}} | training.schedule.least | should be at least 0.0 and below 1.0: was 1.0
          "data":{"uri":"d.csv"},"regularization":[{"strength":1}] | regularization[0].technique | is required
          "data":{"uri":"d.csv","image":{"height":8}}          | data.image.width | is required
          "data":{"uri":"d.csv"},"training":{"optimizer":{"kind":"adam","learningRate":0}} | training.optimizer.learningRate | should be above 0.0 and at most 10.0: was 0.0
          "data":{"uri":"d.csv"},"model":{"hidden":[8]}        | model.kind      | should be one of cnn, mlp, residual: was null
          "data":{"uri":"d.csv"},"model":{"kind":"mlp","hidden":[8,0]} | model.hidden[1] | should be between 1 and 8192: was 0
          "data":{"uri":"d.csv"},"model":{"kind":"mlp","dropout":1} | model.dropout | should be at least 0.0 and below 1.0: was 1.0
          "data":{"uri":"d.csv"},"model":{"kind":"mlp","activation":"gelu"} | model.activation | should be one of relu, selu, sigmoid, tanh: was 'gelu'
          "data":{"uri":"d.csv"},"model":{"kind":"cnn"}        | model.blocks    | is required
          "data":{"uri":"d.csv"},"model":{"kind":"cnn","blocks":[]} | model.blocks (blocks) | should be between 1 and 16: was 0
          "data":{"uri":"d.csv"},"model":{"kind":"cnn","blocks":[{"channels":4}]} | data.image | is required by model.kind cnn
          "data":{"uri":"d.csv"},"model":{"kind":"cnn","blocks":[{"channels":4},{"kernel":3}]} | model.blocks[1].channels | is required
          "data":{"uri":"d.csv"},"model":{"kind":"cnn","blocks":[{"channels":0}]} | model.blocks[0].channels | should be between 1 and 1024: was 0
          "data":{"uri":"d.csv"},"model":{"kind":"cnn","blocks":[{"channels":4,"kernel":4}]} | model.blocks[0].kernel | should be odd: was 4
          "data":{"uri":"d.csv"},"model":{"kind":"cnn","blocks":[{"channels":4,"kernel":17}]} | model.blocks[0].kernel | should be between 1 and 15: was 17
          "data":{"uri":"d.csv"},"model":{"kind":"cnn","blocks":[{"channels":4,"pool":9}]} | model.blocks[0].pool | should be between 1 and 8: was 9
          "data":{"uri":"d.csv"},"model":{"kind":"cnn","blocks":[{"channels":4}],"spatialDropout":1} | model.spatialDropout | should be at least 0.0 and below 1.0: was 1.0
          "data":{"uri":"d.csv"},"model":{"kind":"residual","blocks":33} | model.blocks | should be between 1 and 32: was 33
          "data":{"uri":"d.csv"},"model":{"kind":"residual","width":0} | model.width | should be between 1 and 8192: was 0
          "data":{"uri":"d.csv"},"model":{"kind":"residual"},"training":{"batchSize":1} | training.batchSize | should be at least 2 with batchNorm in the model: was 1
          "data":{"uri":"d.csv"},"heads":[]                    | heads           | should be between 1 and 64: was 0
          "data":{"uri":"d.csv"},"heads":[{"kind":"ranking"}]  | heads[0].kind   | should be one of classification, multiLabel, regression: was 'ranking'
          "data":{"uri":"d.csv"},"heads":[{"kind":"regression"}] | heads[0].target | is required
          "data":{"uri":"d.csv"},"heads":[{"kind":"multiLabel","name":"x"}] | heads[0].targets | is required
          "data":{"uri":"d.csv"},"heads":[{"kind":"multiLabel","targets":["a","b"]}] | heads[0].name | is required
          "data":{"uri":"d.csv"},"heads":[{"kind":"regression","target":"y","weight":0}] | heads[0].weight | should be above 0.0 and at most 1000.0: was 0.0
          "data":{"uri":"d.csv"},"heads":[{"kind":"regression","target":"y","name":"a/b"}] | heads[0].name | should have no slash: was 'a/b'
          "data":{"uri":"d.csv"},"heads":[{"kind":"regression","target":"y"},{"kind":"classification","target":"y","name":"z"}] | heads[1].target | should be given once: was 'y' again
          "data":{"uri":"d.csv"},"heads":[{"kind":"regression","target":"y"},{"kind":"regression","target":"z","name":"y"}] | heads[1].name | should be given once: was 'y' again
          "data":{"uri":"d.csv"},"heads":[{"kind":"regression","target":"y","partial":true}] | heads[0].partial | should be false for a single head: was true
          "data":{"uri":"d.csv"},"training":{"lossWeights":"uncertainty"} | training.lossWeights | should be fixed for a single head: was uncertainty
          "data":{"uri":"d.csv"},"training":{"lossWeights":"uncertainty"},"heads":[{"kind":"regression","target":"y","weight":2},{"kind":"regression","target":"z"}] | heads[0].weight | should be 1 where training.lossWeights is uncertainty: was 2.0
          "data":{"uri":"d.csv","labelNoise":0.1},"heads":[{"kind":"regression","target":"y"}] | data.labelNoise | should be 0 without a classification: was 0.1
          "data":{"uri":"d.csv"},"policy":{"rules":[]}         | policy.rules    | should not be empty
          "data":{"uri":"d.csv"},"policy":{"rules":[{}]}       | policy.rules[0].rule | is required
          "data":{"uri":"d.csv"},"export":{"model":"a/b"}      | export.model    | was 'a/b'
          """)
  void aWrongFieldIsNamedWithItsLimitAndValue(String json, String field, String message) {
    assertThatThrownBy(() -> Digits.read("{\"name\":\"x\"," + json + "}"))
        .isInstanceOfSatisfying(
            InvalidFieldException.class, e -> assertThat(e.field()).isEqualTo(field))
        .hasMessageStartingWith(field)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "{", "{} {}", "{\"name\":1,\"name\":2}", "7"})
  void whatIsNoJsonObjectIsRefused(String json) {
    assertThatThrownBy(() -> Digits.read(json)).isInstanceOf(IllegalArgumentException.class);
  }
}
