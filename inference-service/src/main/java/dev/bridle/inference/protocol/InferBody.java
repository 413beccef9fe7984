package dev.bridle.inference.protocol;

import static dev.bridle.inference.protocol.ProtocolException.badRequest;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A request's JSON, and the tensors' bytes behind it. */
record InferBody(byte[] json, BinaryTail tail) {
  /**
   * @param jsonLength what the header says, at least 1
   */
  static InferBody split(byte[] body, int jsonLength) {
    if (jsonLength > body.length) {
      throw badRequest(
          "Inference-Header-Content-Length should be at most the body's %d bytes: was %d",
          body.length, jsonLength);
    }
    return new InferBody(
        Arrays.copyOf(body, jsonLength),
        BinaryTail.of(ByteBuffer.wrap(body, jsonLength, body.length - jsonLength).slice()));
  }
}
