package dev.bridle.inference.engine;

import dev.bridle.inference.mask.DropoutLayer;
import java.util.List;

/**
 * A live Dropout of the suffix.
 *
 * @param input the graph input that carries its mask
 * @param rowShape the shape of one row of its data, which every row's mask shares
 */
record MaskedLayer(String input, List<Long> rowShape, DropoutLayer dropout) {}
