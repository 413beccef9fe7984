// Numbers as the wire has them: NaN and the infinities come as text.

/** A JavaScript number; undefined where nothing was measured. */
export function number(value) {
  return value === undefined || value === null ? undefined : Number(value);
}

/** For people: three decimals, or scientific where those would hide it; what is not finite, in words. */
export function spoken(value) {
  if (value === undefined) return 'not measured';
  if (Number.isNaN(value)) return 'not a number';
  if (!Number.isFinite(value)) return value > 0 ? 'infinite' : 'minus infinite';
  const size = Math.abs(value);
  if (size !== 0 && (size < 0.001 || size >= 100000)) return signed(value.toExponential(2));
  return signed(value.toFixed(size >= 1000 ? 0 : 3));
}

/** For evidence, which is often a count: whole numbers stay whole. */
export function plain(value) {
  return Number.isInteger(value) ? String(value) : spoken(value);
}

/** A factor as people write it: × 1.5 and not × 1.500. */
export function times(factor) {
  return `× ${Number(factor.toPrecision(4))}`;
}

/** A loss's unit: nats where every head is a likelihood, as far as the metrics tell. */
export function lossUnit(metrics = {}) {
  const names = Object.keys(metrics);
  const some = (ending) => names.some((name) => name.endsWith(ending));
  return some('/nll') && !some('/rmse') ? 'nats' : 'dimensionless';
}

/** A difference, with its sign. */
export function difference(value) {
  return value !== undefined && Number.isFinite(value) && value > 0
    ? `+${spoken(value)}`
    : spoken(value);
}

export function percent(value) {
  return value !== undefined && Number.isFinite(value)
    ? `${(100 * value).toFixed(1)}\u00a0%`
    : spoken(value);
}

/** The loss without dropout and noise where it was measured: only that compares with validation. */
export function trainingLoss(metrics) {
  return number(metrics.trainingLossClean ?? metrics.trainingLoss);
}

export function validationLoss(metrics) {
  return number(metrics.validationLoss);
}

/** Validation loss minus training loss. */
export function gap(metrics) {
  const training = trainingLoss(metrics);
  const validation = validationLoss(metrics);
  return training === undefined || validation === undefined ? undefined : validation - training;
}

function signed(text) {
  return text.replace('-', '\u2212');
}
