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
 * @param product the input that holds the first product's rows, where the forms are about one
 */
record Suffixes(ProductForm form, Network each, Optional<Network> paired, Optional<String> product)
    implements AutoCloseable {
  /** Whether the first product is over those of its units alone that aren't 0. */
  boolean isOverActiveUnits() {
    return form.isActive();
  }

  /** Every input of one of them. */
  Set<String> inputs() {
    Set<String> names = new HashSet<>();
    each.inputs().forEach(input -> names.add(input.name()));
    paired.ifPresent(network -> network.inputs().forEach(input -> names.add(input.name())));
    return names;
  }

  @Override
  public void close() {
    each.close();
    paired.ifPresent(Network::close);
  }
}
