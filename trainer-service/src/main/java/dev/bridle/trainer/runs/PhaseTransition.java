package dev.bridle.trainer.runs;

import dev.bridle.events.Phase;
import java.time.Instant;
import java.util.Optional;

/** When a run entered a phase, and why where that isn't plain. */
public record PhaseTransition(Phase phase, Instant time, Optional<String> reason) {}
