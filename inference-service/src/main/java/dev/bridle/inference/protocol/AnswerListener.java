package dev.bridle.inference.protocol;

/** Hears of every answer before it is sent: it must neither wait nor throw. */
interface AnswerListener {
  void answered(InferAnswer answer);
}
