package dev.bridle.inference.graph;

/** How a suffix computes the {@linkplain FirstProduct product behind the first Dropout}. */
public enum ProductForm {
  /** As the model does. */
  WHOLE(false, false),
  /** Over the units alone that aren't 0, whose numbers are an input. */
  ACTIVE(true, false),
  /** For one sample of a pair, and from that for the other. */
  PAIRED(false, true),
  /** Both. */
  ACTIVE_PAIRED(true, true),
  /** Not at all: what it gives is an input. */
  GIVEN(false, false);

  private final boolean active;
  private final boolean paired;

  ProductForm(boolean active, boolean paired) {
    this.active = active;
    this.paired = paired;
  }

  public boolean isActive() {
    return active;
  }

  public boolean isPaired() {
    return paired;
  }

  /** The same units, in pairs. */
  public ProductForm paired() {
    return active ? ACTIVE_PAIRED : PAIRED;
  }
}
