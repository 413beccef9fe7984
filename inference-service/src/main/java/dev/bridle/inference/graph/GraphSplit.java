package dev.bridle.inference.graph;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A model cut at its first live Dropout. The prefix is deterministic and runs once a request; the
 * suffix holds everything behind a live Dropout. A Dropout whose data the prefix gives is cut off
 * too: its output is an input of the suffix. Any other became a product with its {@link
 * Dropout#maskInput}, a FLOAT graph input of its data's shape.
 *
 * @param prefix the ONNX model up to the frontier; without bytes when the frontier is inputs alone
 * @param suffix the ONNX model from the frontier and the masks to the outputs
 * @param prefixFrontier tensors that the prefix gives and the suffix or a Dropout that was cut off
 *     reads, FLOAT [rows, ...]
 * @param inputFrontier the model's own inputs that they read
 * @param dropouts the live ones, by layer
 * @param cutOff the layers of those that were cut off
 * @param firstProduct behind one of them
 * @param outputs the model's outputs that lie behind a live Dropout
 */
public record GraphSplit(
    byte[] prefix,
    byte[] suffix,
    List<String> prefixFrontier,
    List<String> inputFrontier,
    List<Dropout> dropouts,
    Set<Integer> cutOff,
    Optional<FirstProduct> firstProduct,
    List<String> outputs) {}
