package dev.bridle.trainer.export;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl;
import dev.bridle.trainer.Digits;
import dev.bridle.trainer.Training;
import dev.bridle.trainer.data.PreparedData;
import dev.bridle.trainer.head.Heads;
import dev.bridle.trainer.model.GraphBuilder;
import dev.bridle.trainer.model.Network;
import dev.bridle.trainer.model.Weights;
import dev.bridle.trainer.regularization.Regularization;
import dev.bridle.trainer.spec.RunSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PrunedTest {
  @BeforeAll
  static void engine() {
    Training.loadEngine();
  }

  @Test
  void aGraphOfAnL1RunHasFewerUnitsAndTheSameAnswers() throws Exception {
    RunSpec spec =
        Digits.read(
            """
            {"name": "l1", "seed": 7,
             "data": {"uri": "digits.csv", "split": {"training": 0.3, "validation": 0.1, "test": 0.5}},
             "model": {"kind": "mlp", "hidden": [64, 32], "dropout": 0.2},
             "training": {"epochs": 40, "optimizer": {"kind": "adam", "learningRate": 0.003}},
             "regularization": [{"technique": "l1", "strength": 0.5}]}
            """);
    PreparedData data = Digits.prepared(spec);
    Training.of(
        spec,
        data,
        engine -> {
          Heads heads = Heads.of(spec, data);
          OnnxExporter exporter =
              new OnnxExporter(engine.network(), heads, data.preparation(), engine.weights());
          // Plain answers and those with dropout alive, held against the whole network.
          ParityGate.check(engine, heads, exporter, data);
          assertThat(exporter.droppedUnits()).isGreaterThan(5);
          assertThat(units(exporter)).isEqualTo(64 + 32 - exporter.droppedUnits());
          return null;
        });
  }

  @Test
  void aUnitThatNobodyReadsIsGoneAndThenWhatLivedForItAlone() {
    Network network = network("relu");
    // Of 3 and 2 hidden units, the second's unit 1 is not read, and only it reads the first's unit
    // 2.
    Weights weights =
        weights(
            new float[] {1, 1, 1, 1, 1, 1},
            new float[] {1, 1, 1},
            new float[] {1, 1, 0, 1, 1, 1},
            new float[] {1, 1},
            new float[] {1, 0, 1, 0});
    Pruned pruned = Pruned.of(network, weights);
    assertThat(pruned.units()).isEqualTo(2);
    assertThat(pruned.weights().tensor("dense1.weight").shape()).containsExactly(2, 2);
    assertThat(pruned.weights().tensor("dense2.weight").values()).containsExactly(1, 1);
    assertThat(pruned.weights().tensor("output.weight").values()).containsExactly(1, 1);
  }

  @Test
  void aUnitIsGoneOnlyIfItIsAlwaysZero() {
    float[] incoming = {0, 0, 1, 1, 1, 1};
    float[] ones = {1, 1, 1, 1, 1, 1};
    for (String activation : new String[] {"relu", "tanh", "sigmoid"}) {
      for (float bias : new float[] {-1, 0, 1}) {
        Weights weights =
            weights(
                incoming,
                new float[] {bias, 1, 1},
                ones,
                new float[] {1, 1},
                new float[] {1, 1, 1, 1});
        boolean zero =
            activation.equals("relu") && bias <= 0 || activation.equals("tanh") && bias == 0;
        assertThat(Pruned.of(network(activation), weights).units())
            .as(activation + " of " + bias)
            .isEqualTo(zero ? 1 : 0);
      }
    }
  }

  @Test
  void theLastUnitStays() {
    float[] zeros = new float[6];
    Weights weights = weights(zeros, new float[3], zeros, new float[2], new float[] {0, 0, 0, 0});
    assertThat(Pruned.of(network("relu"), weights).units()).isZero();
  }

  @Test
  void whatAShortcutReadsStays() {
    RunSpec spec =
        Digits.read(
            """
            {"name": "x", "data": {"uri": "digits.csv"},
             "model": {"kind": "residual", "width": 2, "blocks": 1, "hidden": 2, "batchNorm": false}}
            """);
    Network network = Regularization.of(spec).regularized(Network.of(spec, 2, 2));
    Map<String, Weights.Tensor> tensors = new LinkedHashMap<>();
    for (String dense : new String[] {"dense1", "dense2", "dense3", "output"}) {
      put(tensors, dense + ".weight", new long[] {2, 2}, new float[] {0, 0, 1, 1});
      put(tensors, dense + ".bias", new long[] {2}, new float[2]);
    }
    // Inside the block dense2's unit 0 is always zero; dense1 and dense3 belong to the stream.
    assertThat(Pruned.of(network, new Weights(tensors)).units()).isEqualTo(1);
  }

  private static int units(OnnxExporter exporter) throws RuntimeException {
    try {
      OnnxMl.ModelProto model =
          OnnxMl.ModelProto.parseFrom(exporter.export(GraphBuilder.Dropout.LIVE, Map.of()));
      return model.getGraph().getInitializerList().stream()
          .filter(tensor -> tensor.getName().matches("dense\\d.bias"))
          .mapToInt(tensor -> (int) tensor.getDims(0))
          .sum();
    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private static Network network(String activation) {
    RunSpec spec =
        Digits.read(
            """
            {"name": "x", "data": {"uri": "digits.csv"},
             "model": {"kind": "mlp", "hidden": [3, 2], "activation": "%s", "dropout": 0.5}}
            """
                .formatted(activation));
    return Regularization.of(spec).regularized(Network.of(spec, 2, 2));
  }

  private static Weights weights(float[] w1, float[] b1, float[] w2, float[] b2, float[] out) {
    Map<String, Weights.Tensor> tensors = new LinkedHashMap<>();
    put(tensors, "dense1.weight", new long[] {3, 2}, w1);
    put(tensors, "dense1.bias", new long[] {3}, b1);
    put(tensors, "dense2.weight", new long[] {2, 3}, w2);
    put(tensors, "dense2.bias", new long[] {2}, b2);
    put(tensors, "output.weight", new long[] {2, 2}, out);
    put(tensors, "output.bias", new long[] {2}, new float[2]);
    return new Weights(tensors);
  }

  private static void put(
      Map<String, Weights.Tensor> tensors, String name, long[] shape, float[] values) {
    tensors.put(name, new Weights.Tensor(name, shape, values));
  }
}
