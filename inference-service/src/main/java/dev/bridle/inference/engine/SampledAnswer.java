package dev.bridle.inference.engine;

import java.util.Map;

/**
 * What the samples of a request say.
 *
 * @param outputs by name, every output that lies behind a live Dropout
 * @param samples T, of the row that has the most
 */
public record SampledAnswer(Map<String, SampledOutput> outputs, int samples, StopReason reason) {}
