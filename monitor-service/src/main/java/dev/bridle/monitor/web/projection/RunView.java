package dev.bridle.monitor.web.projection;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Optional;

/**
 * Everything that is known of a run; in JSON the summary's fields stand beside the others.
 *
 * @param revision the projection's, when the view was taken
 * @param epochs that count, in their order
 * @param decisions that stand, by epoch
 * @param alerts that stand, by epoch
 * @param policy that judges it; empty until the monitor has said so
 */
public record RunView(
    long revision,
    @JsonUnwrapped RunSummary summary,
    List<EpochView> epochs,
    List<DecisionView> decisions,
    List<AlertView> alerts,
    Optional<ModelView> model,
    Optional<PolicyView> policy) {}
