// What a metric is measured in, by its name; from training-events' vocabulary.
import {lossUnit} from './numbers.js';

const UNITS = [
  [/^(training|validation)Loss(Clean)?$/, lossUnit],
  [/^epochSeconds$/, 's'],
  [/^samplesPerSecond$/, 'rows/s'],
  [/^memoryBytes$/, 'B'],
  [/\/nll$/, 'nats'],
  [/\/(accuracy|trainingAccuracy|worstRecall)$/, 'share of rows'],
  [/^(deadShare|saturatedShare|dropout)\//, 'share of units'],
  [/^(gradientNorm|weightNorm)\//, 'L2 norm'],
];

/** @param metrics of an epoch, which tell what a loss is */
export function unitOf(name, metrics) {
  const unit = UNITS.find(([pattern]) => pattern.test(name))?.[1] ?? 'dimensionless';
  return typeof unit === 'function' ? unit(metrics) : unit;
}
