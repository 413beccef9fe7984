package dev.bridle.inference.engine;

import dev.bridle.inference.mask.DropoutLayer;
import java.util.List;
import java.util.Optional;

/**
 * A live Dropout.
 *
 * @param input of the suffix: what is left of its data where it was cut off, else its mask
 * @param data the frontier's tensor that it thins out, where it was cut off
 * @param rowShape the shape of one row of its data, which every row's mask shares
 */
record MaskedLayer(
    String input, Optional<String> data, List<Long> rowShape, DropoutLayer dropout) {}
