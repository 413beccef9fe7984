/** ONNX graphs, read and rewritten: what is random is cut free, and fed from outside. */
package dev.bridle.inference.graph;
