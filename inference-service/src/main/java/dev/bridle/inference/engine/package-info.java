/** Runs models: ONNX Runtime sessions, the masks' generator, sampling in blocks of fixed shape. */
package dev.bridle.inference.engine;
