package dev.bridle.monitor.web.projection;

import dev.bridle.events.PolicyAdopted;
import dev.bridle.events.PolicyOrigin;
import dev.bridle.events.PolicySpec;
import java.time.Instant;

/**
 * The policy that judges a run.
 *
 * @param origin who said so
 * @param fromEpoch the first epoch that it judges
 * @param policy with what was frozen in it at that epoch
 */
public record PolicyView(PolicyOrigin origin, int fromEpoch, PolicySpec policy, Instant time) {
  static PolicyView of(PolicyAdopted event) {
    return new PolicyView(event.origin(), event.fromEpoch(), event.policy(), event.time());
  }
}
