package dev.bridle.inference.graph;

import java.util.List;

/**
 * A model cut at its first live Dropout. The prefix is deterministic and runs once a request; the
 * suffix holds everything behind a live Dropout, each of which became a product with its {@link
 * Dropout#maskInput}, a FLOAT graph input of its data's shape.
 *
 * @param prefix the ONNX model up to the frontier; without bytes when the frontier is inputs alone
 * @param suffix the ONNX model from the frontier and the masks to the outputs
 * @param prefixFrontier tensors that the prefix gives and the suffix reads, FLOAT [rows, ...]
 * @param inputFrontier the model's own inputs that the suffix reads
 * @param dropouts the live ones, by layer
 * @param outputs the model's outputs that lie behind a live Dropout
 */
public record GraphSplit(
    byte[] prefix,
    byte[] suffix,
    List<String> prefixFrontier,
    List<String> inputFrontier,
    List<Dropout> dropouts,
    List<String> outputs) {}
