/**
 * Networks as specs: each layer's spec yields the DJL block that is trained and the ONNX nodes that
 * are exported, so that nothing has to be guessed from a block.
 */
package dev.bridle.trainer.model;
