package dev.bridle.inference.engine;

import dev.bridle.inference.graph.ProductForm;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What is behind the first Dropout, in the forms that pay for the model.
 *
 * @param form of the first product in both
 * @param each for any samples
 * @param paired for pairs that keep opposite units before the first product; empty where that saves
 *     nothing
 * @param halved for half-samples before the first product; empty where its Dropout has none
 * @param last for all samples, where the suffix is a narrow last layer
 * @param product the input that holds the first product's rows, where the forms are about one
 */
record Suffixes(
    ProductForm form,
    Network each,
    Optional<Network> paired,
    Optional<Halved> halved,
    Optional<LastLayerProduct> last,
    Optional<String> product)
    implements AutoCloseable {
  /**
   * The product beside the graph.
   *
   * @param weights W
   * @param bias b
   * @param behind the product: what the samples go through then
   */
  record Halved(WeightedRows weights, float[] bias, Network behind) {}

  /** Whether the first product is over those of its units alone that aren't 0. */
  boolean isOverActiveUnits() {
    return form.isActive();
  }

  /** Whether what is left of the layer's data is what the product reads. */
  boolean isProduct(MaskedLayer layer) {
    return product.filter(layer.input()::equals).isPresent();
  }

  /** Every input of one of them. */
  Set<String> inputs() {
    Set<String> names = new HashSet<>();
    each.inputs().forEach(input -> names.add(input.name()));
    paired.ifPresent(network -> network.inputs().forEach(input -> names.add(input.name())));
    halved.ifPresent(form -> form.behind().inputs().forEach(input -> names.add(input.name())));
    return names;
  }

  @Override
  public void close() {
    each.close();
    paired.ifPresent(Network::close);
    halved.ifPresent(form -> form.behind().close());
    last.ifPresent(LastLayerProduct::close);
  }
}
