// A curve as small as a line of text: its course, its best epoch, and where it was no finite number.
import {spoken} from '../numbers.js';

const WIDTH = 132;
const HEIGHT = 30;
const ROOM = 4;
const LOG_BEYOND = 40; // as of the large plots

/** @param curve pairs of epoch and value, ascending; at least one */
export function sparkline(curve, bestEpoch) {
  const svg = drawn('svg', {
    class: 'sparkline', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, width: WIDTH, height: HEIGHT,
    role: 'img', 'aria-label': described(curve, bestEpoch),
  });
  const finite = curve.filter(([, value]) => Number.isFinite(value));
  const place = placed(curve, finite.map(([, value]) => value));
  svg.append(drawn('path', {class: 'line', d: path(curve, place)}));
  for (const point of curve.filter(([, value]) => !Number.isFinite(value))) {
    svg.append(drawn('path', {class: 'odd', d: `M${place.x(point[0]) - 2} 2l4 4m0 -4l-4 4`}));
  }
  const best = finite.find(([epoch]) => epoch === bestEpoch);
  if (best) svg.append(drawn('circle', {class: 'best', cx: place.x(best[0]), cy: place.y(best[1]), r: 3}));
  return svg;
}

function placed(curve, values) {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const scale = low > 0 && high / low > LOG_BEYOND ? Math.log : (value) => value;
  const span = scale(high) - scale(low) || 1;
  const first = curve[0][0];
  const epochs = curve[curve.length - 1][0] - first || 1;
  const round = (value) => Math.round(10 * value) / 10;
  return {
    x: (epoch) => round(ROOM + ((epoch - first) / epochs) * (WIDTH - 2 * ROOM)),
    y: (value) => round(HEIGHT - ROOM - ((scale(value) - scale(low)) / span) * (HEIGHT - 2 * ROOM)),
  };
}

/** The line breaks where a value is no finite number. */
function path(curve, {x, y}) {
  let pen = 'M';
  return curve.map(([epoch, value]) => {
    if (!Number.isFinite(value)) {
      pen = 'M';
      return '';
    }
    const step = `${pen}${x(epoch)} ${y(value)}`;
    pen = 'L';
    return step;
  }).join('');
}

function described(curve, bestEpoch) {
  const [from, first] = curve[0];
  const [to, last] = curve[curve.length - 1];
  return `Validation loss: ${spoken(first)} in epoch ${from}, ${spoken(last)} in epoch ${to}`
    + (bestEpoch ? `, lowest in epoch ${bestEpoch}` : '');
}

function drawn(tag, properties) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(properties)) node.setAttribute(name, value);
  return node;
}
