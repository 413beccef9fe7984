package dev.bridle.inference.graph;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.List;

/**
 * {@code x W + b} with constant W and b.
 *
 * @param weights W
 * @param bias b, as many as W's columns
 * @param nodes that compute it: a Gemm, or a MatMul and perhaps an Add
 * @param output the tensor that they give
 */
record Product(Matrix weights, float[] bias, List<NodeProto> nodes, String output) {}
