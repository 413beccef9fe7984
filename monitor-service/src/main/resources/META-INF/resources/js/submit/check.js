// What is wrong with a value before anybody is asked, in the words that the trainer uses.

/**
 * What the part's value breaks of its schema: a text; empty where it keeps to it.
 *
 * @param part a single value, of parts()
 * @param value undefined where nothing is said
 */
export function wrong(part, value) {
  if (value === undefined || value === '') return part.needed ? 'is required' : '';
  const {options, type, pattern} = part;
  if (options && !options.includes(value)) return `should be one of ${options.join(', ')}: was ${shown(value)}`;
  if (type === 'number') return number(part, value);
  if (type === 'text' && pattern && !new RegExp(pattern, 'u').test(value)) {
    return `should match ${pattern}: was '${shown(value)}'`;
  }
  return '';
}

function number({limits, whole}, value) {
  if (typeof value !== 'number' || !Number.isFinite(value)) return `should be a number: was ${shown(value)}`;
  if (whole && !Number.isInteger(value)) return `should be a whole number: was ${value}`;
  const {minimum, maximum, exclusiveMinimum, exclusiveMaximum} = limits;
  const keeps = !(value < minimum || value > maximum || value <= exclusiveMinimum || value >= exclusiveMaximum);
  return keeps ? '' : `should be ${range(limits)}: was ${value}`;
}

function range({minimum, maximum, exclusiveMinimum, exclusiveMaximum}) {
  if (minimum !== undefined && maximum !== undefined) return `between ${minimum} and ${maximum}`;
  const low = minimum !== undefined ? `at least ${minimum}` : exclusiveMinimum !== undefined && `above ${exclusiveMinimum}`;
  const high = maximum !== undefined ? `at most ${maximum}` : exclusiveMaximum !== undefined && `below ${exclusiveMaximum}`;
  return [low, high].filter(Boolean).join(' and ');
}

function shown(value) {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
