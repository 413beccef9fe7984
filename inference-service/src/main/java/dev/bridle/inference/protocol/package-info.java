/** The Open Inference Protocol v2 over REST. */
package dev.bridle.inference.protocol;
