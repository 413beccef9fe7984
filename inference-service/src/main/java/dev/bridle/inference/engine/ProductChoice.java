package dev.bridle.inference.engine;

import dev.bridle.inference.graph.FirstProduct;
import dev.bridle.inference.graph.GraphSplit;
import dev.bridle.inference.graph.ModelGraph;
import dev.bridle.inference.graph.ProductForm;
import java.util.Map;
import java.util.Optional;

/**
 * In which form the product behind the first Dropout pays.
 *
 * @param product where its rows are vectors
 * @param form over all units or those that aren't 0
 * @param paired whether half of it is computed where pairs keep opposite units
 */
record ProductChoice(Optional<FirstProduct> product, ProductForm form, boolean paired) {
  /** Of the probe's units. Below it, choosing them costs more than it saves. */
  private static final double LEAST_SHARE_OF_ZEROS = 0.25;

  /** Below it the other half costs as little as to make it from the first. */
  private static final int FEWEST_COLUMNS_OF_PAIRS = 64;

  /**
   * @param probed what the Dropouts' data were for the probe
   */
  static ProductChoice of(GraphSplit split, Map<String, Tensor> probed) {
    Optional<FirstProduct> product =
        split.firstProduct().filter(found -> isVector(probed.get(found.dropout().data())));
    boolean sparse =
        product
            .filter(found -> zeros(probed.get(found.dropout().data())) >= LEAST_SHARE_OF_ZEROS)
            .isPresent();
    boolean paired =
        product
            .filter(ProductChoice::isEven)
            .filter(found -> found.columns() >= FEWEST_COLUMNS_OF_PAIRS)
            .isPresent();
    return new ProductChoice(product, sparse ? ProductForm.ACTIVE : ProductForm.WHOLE, paired);
  }

  private static boolean isVector(Tensor data) {
    return data.shape().size() == 2;
  }

  private static double zeros(Tensor data) {
    int zeros = 0;
    float[] values = data.floats();
    for (float value : values) {
      zeros += value == 0 ? 1 : 0;
    }
    return (double) zeros / values.length;
  }

  private static boolean isEven(FirstProduct product) {
    return product.dropout().ratio() == 0.5;
  }

  static Suffixes.Halved halved(ModelGraph graph, FirstProduct product) {
    return new Suffixes.Halved(
        new WeightedRows(product.weights(), product.columns()),
        product.bias(),
        Network.load(graph.split(ProductForm.GIVEN).suffix()));
  }

  /**
   * @param whole the graph's split in the form {@link ProductForm#WHOLE}
   */
  Suffixes suffixes(ModelGraph graph, GraphSplit whole) {
    Network each =
        Network.load(form == ProductForm.WHOLE ? whole.suffix() : graph.split(form).suffix());
    return new Suffixes(
        form,
        each,
        paired ? Optional.of(Network.load(graph.split(form.paired()).suffix())) : Optional.empty(),
        product.filter(ProductChoice::isEven).map(found -> halved(graph, found)),
        product.flatMap(found -> graph.lastLayer()).flatMap(LastLayerProduct::of),
        product.map(found -> found.dropout().output()));
  }
}
