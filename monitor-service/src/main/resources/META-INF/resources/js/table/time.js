// How long a run still takes.
import {number} from '../numbers.js';

/** At the last epoch's pace to the last that is planned; a rule may end it sooner. Undefined where unknown. */
export function secondsLeft({phase, outcome, plannedEpochs, lastEpoch, metrics}) {
  const seconds = number(metrics.epochSeconds);
  if (phase !== 'RUNNING' || outcome || !plannedEpochs || !Number.isFinite(seconds)) return undefined;
  return Math.max(0, plannedEpochs - lastEpoch) * seconds;
}

/** In the unit that fits. */
export function duration(seconds) {
  if (seconds < 60) return `${Math.ceil(seconds)}\u00a0s`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return `${minutes}\u00a0min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours}\u00a0h ${minutes % 60}\u00a0min`;
  return `${Math.round(hours / 24)}\u00a0days`;
}
