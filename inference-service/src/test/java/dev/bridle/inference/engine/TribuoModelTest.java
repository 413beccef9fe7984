package dev.bridle.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tribuo.MutableDataset;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.classification.sgd.linear.LogisticRegressionTrainer;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** A model as Tribuo exports it, which knows no Dropout. */
class TribuoModelTest {
  private static final String[] FEATURES = {"f0", "f1", "f2", "f3"};

  @Test
  void aLogisticRegressionAnswersAsTribuoDoesAndSaysWhyItCantBeSampled() {
    LinearSGDModel trained = trained();
    byte[] onnx = trained.exportONNXModel("dev.bridle", 1).toByteArray();
    try (ServableModel model = ModelLoader.load(onnx)) {
      double[] row = {0.5, -1, 2, 0.25};
      Prediction<Label> expected =
          trained.predict(new ArrayExample<>(new Label("a"), FEATURES, row));
      Map<String, Tensor> request =
          Map.of(
              model.inputs().get(0).name(),
              Tensor.floats(List.of(1L, 4L), new float[] {0.5f, -1, 2, 0.25f}));
      String output = model.outputs().get(0).name();
      float[] answer = model.answer(request, Set.of(output)).get(output).floats();
      assertThat(answer).hasSize(3);
      for (Label label : trained.getOutputIDInfo().getDomain()) {
        assertThat((double) answer[trained.getOutputIDInfo().getID(label)])
            .isCloseTo(expected.getOutputScores().get(label.getLabel()).getScore(), within(1e-5));
      }
      assertThat(model.samplingRefusal())
          .hasValueSatisfying(reason -> assertThat(reason).contains("training_mode"));
    }
  }

  /** Three classes around three centers. */
  private static LinearSGDModel trained() {
    LabelFactory labels = new LabelFactory();
    MutableDataset<Label> data =
        new MutableDataset<>(new SimpleDataSourceProvenance("three centers", labels), labels);
    Random random = new Random(3);
    for (int at = 0; at < 300; at++) {
      double[] row = random.doubles(FEATURES.length, -1, 1).toArray();
      row[at % 3] += 2;
      data.add(new ArrayExample<>(new Label("abc".substring(at % 3, at % 3 + 1)), FEATURES, row));
    }
    return (LinearSGDModel) new LogisticRegressionTrainer().train(data);
  }
}
