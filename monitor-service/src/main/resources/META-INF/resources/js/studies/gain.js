// What something bought, in the unit that its readers think in.
import {number, spoken} from '../numbers.js';

const VERDICTS = {
  HELPS: ['Helps', 'good'],
  HARMS: ['Harms', 'bad'],
  NOT_SHOWN: ['Not shown', 'none'],
};

/** @return {unit, factor}: a share is spoken of in points of a hundred */
export function unitOfGain(metric) {
  return metric.endsWith('/accuracy')
    ? {unit: 'percentage points', factor: 100}
    : {unit: 'standard deviations of the target', factor: 1};
}

/** Numbers in the metric's unit of gain; those that aren't finite are undefined. */
export function gains({metric, receipts}) {
  const {factor} = unitOfGain(metric);
  const finite = (value) => (Number.isFinite(number(value)) ? factor * number(value) : undefined);
  return receipts.map(({of, gain}) => {
    const [word, tone] = VERDICTS[gain.verdict] ?? [gain.verdict, 'none'];
    return {
      of, word, tone, pairs: gain.pairs, mean: finite(gain.mean), low: finite(gain.low), high: finite(gain.high),
    };
  });
}

/** With its sign, in two digits where the unit is points. */
export function signed(value, factor) {
  if (value === undefined) return 'not known';
  const text = factor === 1 ? spoken(Math.abs(value)) : Math.abs(value).toFixed(2);
  return `${value < 0 ? '\u2212' : value > 0 ? '+' : ''}${text}`;
}
