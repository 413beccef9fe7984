package dev.bridle.monitor.web;

/** What OpenAPI shows of each answer. */
final class Examples {
  static final String EVENTS =
      """
      id: 1f3a9c20-4711
      event: epoch
      data: {"revision":4711,"run":"digits-k3f9qa","summary":{"run":"digits-k3f9qa","lastEpoch":12},\
      "epoch":{"epoch":12,"metrics":{"validationLoss":0.41}}}
      """;

  private static final String SUMMARY =
      """
      "run":"digits-k3f9qa","attempt":1,"name":"digits-dropout","experiment":"demo",\
      "phase":"RUNNING","plannedEpochs":150,"lastEpoch":12,"bestEpoch":9,\
      "openAlerts":["generalizationGap"],\
      "metrics":{"trainingLossClean":0.22,"validationLoss":0.41,"label/accuracy":0.91},\
      "counts":{"epochs":12,"decisions":1,"unanswered":0,"alerts":1},\
      "startedAt":"2026-11-23T08:00:00Z","updatedAt":"2026-11-23T08:01:40Z\"""";

  static final String RUNS =
      "{\"revision\":4711,\"total\":2,\"runs\":[{"
          + SUMMARY
          + "}],\"next\":\"MjAyNi0xMS0yM1QwODowMDowMFogZGlnaXRzLWszZjlxYQ\"}";

  static final String RUN =
      "{\"revision\":4711,"
          + SUMMARY
          + ","
          + """
          "epochs":[{"epoch":1,"metrics":{"trainingLossClean":1.9,"validationLoss":"NaN"}}],\
          "decisions":[{"id":"digits-k3f9qa/1/12/patience","epoch":12,"rule":"patience",\
          "signal":{"kind":"stopTraining","bestEpoch":9},\
          "reason":"validationLoss has not improved on epoch 9 for 3 epochs",\
          "evidence":{"patience":3.0},"time":"2026-11-23T08:01:40Z",\
          "expiresAt":"2026-11-23T09:01:40Z","standing":"APPLIED",\
          "answer":{"kind":"applied","afterEpoch":12},"answeredAt":"2026-11-23T08:01:40.031Z"}],\
          "alerts":[{"id":"digits-k3f9qa/1/10/generalizationGap","epoch":10,\
          "rule":"generalizationGap","severity":"WARNING","message":"The model memorizes",\
          "evidence":{"gap":0.24},"remedy":"Regularize more: dropout, weight decay, or more data.",\
          "time":"2026-11-23T08:01:20Z"}]}""";

  static final String BAD_PAGE =
      """
      {"type":"about:blank","title":"Bad Request","status":400,\
      "detail":"limit should be a whole number between 1 and 10000: was 0",\
      "errors":[{"field":"limit",\
      "message":"limit should be a whole number between 1 and 10000: was 0"}]}""";

  static final String UNKNOWN_RUN =
      """
      {"type":"about:blank","title":"Not Found","status":404,\
      "detail":"no run 'digits-k3f9qb' is known","errors":[]}""";

  static final String ENDED_RUN =
      """
      {"type":"about:blank","title":"Conflict","status":409,\
      "detail":"run 'digits-k3f9qa' has ended: its phase is SUCCEEDED","errors":[]}""";

  static final String ASKED =
      """
      {"id":"digits-k3f9qa/1/12/manual"}""";

  private Examples() {}
}
