package dev.bridle.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.bridle.inference.graph.FirstProduct;
import dev.bridle.inference.graph.GraphSplit;
import dev.bridle.inference.graph.ModelGraph;
import dev.bridle.inference.graph.ProductForm;
import dev.bridle.inference.mask.MaskMethod;
import dev.bridle.inference.mask.MaskMethods;
import dev.bridle.inference.testing.ModelFiles;
import dev.bridle.inference.testing.TestModels;
import dev.bridle.inference.uncertainty.Moments;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The product behind the first Dropout, over the units that aren't 0, from half of the samples, or
 * beside the graph, is the one over all units and samples, up to rounding: for every method's
 * masks, and for any number of samples.
 */
class ProductFormsTest {
  private static final int ROWS = 3;

  @Test
  void everyFormOfTheFirstProductGivesTheAnswerOfTheWholeOne() {
    Map<String, byte[]> models = new HashMap<>();
    ModelFiles.expected().keySet().forEach(name -> models.put(name, ModelFiles.bytes(name)));
    for (double ratio : new double[] {0.1, 0.5}) {
      models.put("mlp " + ratio, TestModels.mlp(8, 3, ratio));
      models.put("wide " + ratio, TestModels.mlp(8, 96, 3, ratio));
      models.put("residual " + ratio, TestModels.residual(8, 3, ratio));
      models.put("last layer " + ratio, TestModels.lastLayer(8, 4, ratio));
      models.put("labels " + ratio, TestModels.multiLabel(8, 3, ratio));
    }
    int compared = 0;
    for (Map.Entry<String, byte[]> model : models.entrySet()) {
      compared += compare(model.getKey(), model.getValue());
    }
    assertThat(compared).isGreaterThanOrEqualTo(20);
  }

  /** Whether it has such a product. */
  private static int compare(String name, byte[] onnx) {
    ModelGraph graph = ModelGraph.read(onnx);
    try (Network plain = Network.load(graph.plain())) {
      if (graph.liveDropouts().stream().anyMatch(dropout -> !(dropout.ratio() < 1))
          || graph.liveDropouts().isEmpty()) {
        return 0;
      }
      GraphSplit split = graph.split(ProductForm.WHOLE);
      if (split.firstProduct().isEmpty()) {
        return 0;
      }
      Map<String, float[]> request = request(plain);
      MonteCarlo loaded = SamplingSetup.of(graph, plain).monteCarlo();
      for (MaskMethod method : MaskMethods.all()) {
        for (int samples : new int[] {1, 5, 30, 64, 130, 200}) {
          SamplingPlan plan = SamplingPlan.of(method, samples, 3);
          Map<String, SampledOutput> whole =
              answer(graph, loaded, ProductForm.WHOLE, request, plan);
          for (ProductForm form : ProductForm.values()) {
            String what = "%s, %s, %d samples, %s".formatted(name, method.name(), samples, form);
            near(what, answer(graph, loaded, form, request, plan), whole);
          }
        }
      }
      loaded.close();
      return 1;
    }
  }

  private static Map<String, float[]> request(Network plain) {
    Random random = new Random(9);
    Map<String, float[]> request = new HashMap<>();
    for (TensorSpec input : plain.inputs()) {
      float[] values = new float[ROWS * RowBlock.units(input.rowShape())];
      for (int at = 0; at < values.length; at++) {
        values[at] = (float) random.nextGaussian();
      }
      request.put(input.name(), values);
    }
    return request;
  }

  private static Map<String, SampledOutput> answer(
      ModelGraph graph,
      MonteCarlo loaded,
      ProductForm form,
      Map<String, float[]> request,
      SamplingPlan plan) {
    FirstProduct product = graph.split(form).firstProduct().orElseThrow();
    boolean even = product.dropout().ratio() == 0.5;
    ProductForm each = form.isActive() ? ProductForm.ACTIVE : ProductForm.WHOLE;
    Suffixes suffixes =
        new Suffixes(
            each,
            Network.load(graph.split(each).suffix()),
            form.isPaired() && even
                ? Optional.of(Network.load(graph.split(form).suffix()))
                : Optional.empty(),
            form == ProductForm.GIVEN && even
                ? Optional.of(ProductChoice.halved(graph, product))
                : Optional.empty(),
            form == ProductForm.GIVEN
                ? graph.lastLayer().flatMap(LastLayerProduct::of)
                : Optional.empty(),
            Optional.of(product.dropout().output()));
    try (suffixes) {
      return new MonteCarlo(loaded.frontier(), suffixes, loaded.layers(), loaded.outputs())
          .sample(request, ROWS, plan, Map.of())
          .outputs();
    }
  }

  private static void near(
      String what, Map<String, SampledOutput> found, Map<String, SampledOutput> expected) {
    expected.forEach(
        (output, whole) -> {
          Moments moments = found.get(output).moments();
          for (int row = 0; row < moments.rows(); row++) {
            for (int unit = 0; unit < moments.units(); unit++) {
              double mean = whole.moments().mean(row, unit);
              double variance = whole.moments().variance(row, unit);
              assertThat(moments.mean(row, unit))
                  .as(what)
                  .isCloseTo(mean, within(1e-5 * (1 + Math.abs(mean))));
              assertThat(moments.variance(row, unit))
                  .as(what)
                  .isCloseTo(variance, within(1e-5 * (1 + variance)));
            }
          }
        });
  }

  /** What is dropped of an infinity is NaN, and of NaN too: also where pairs are halved. */
  @Test
  void whatIsntFiniteAnswersAsTheWholeProductDoes() {
    ModelGraph graph = ModelGraph.read(TestModels.linear(new float[] {1, -2, 3, 0.5f}, 0.5));
    float[] rows = {1, 0, 2, -1, Float.POSITIVE_INFINITY, 0, 1, 1, Float.NaN, 1, 0, 1};
    try (Network plain = Network.load(graph.plain())) {
      MonteCarlo loaded = SamplingSetup.of(graph, plain).monteCarlo();
      for (MaskMethod method : MaskMethods.all()) {
        SamplingPlan plan = SamplingPlan.of(method, 6, 1);
        for (ProductForm form : ProductForm.values()) {
          Moments y = answer(graph, loaded, form, Map.of("input", rows), plan).get("y").moments();
          assertThat(y.mean(0, 0)).as("%s, %s", method.name(), form).isFinite();
          assertThat(y.mean(1, 0)).as("%s, %s", method.name(), form).isNaN();
          assertThat(y.mean(2, 0)).as("%s, %s", method.name(), form).isNaN();
        }
      }
      loaded.close();
    }
  }
}
