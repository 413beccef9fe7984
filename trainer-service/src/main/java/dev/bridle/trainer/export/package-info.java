/** From a trained network to an ONNX file that provably computes the same. */
package dev.bridle.trainer.export;
