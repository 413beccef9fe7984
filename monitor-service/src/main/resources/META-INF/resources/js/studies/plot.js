// Receipts as a picture: a dot and its interval for each, and the line of no gain.
const WIDEST = 860; // CSS pixels
const NARROWEST = 260;
const RIGHT = 24;
const ROW = 36;
const TOP = 8;
const BOTTOM = 62;
const APART = 70; // of two ticks

export class GainsPlot {
  #host;
  #shown;
  #width;

  constructor(host) {
    this.#host = host;
    new ResizeObserver(() => {
      if (this.#shown && this.#fitting() !== this.#width) this.#draw();
    }).observe(host);
  }

  /** @param rows as gains() has them; none takes the picture away */
  show(rows, metric, unit) {
    this.#shown = rows.length > 0 ? {rows, metric, unit} : undefined;
    if (this.#shown) this.#draw();
    else this.#host.replaceChildren();
  }

  #fitting() {
    return Math.max(NARROWEST, Math.min(WIDEST, this.#host.clientWidth));
  }

  #draw() {
    this.#width = this.#fitting();
    this.#host.replaceChildren(drawing(this.#shown, this.#width));
  }
}

function drawing({rows, metric, unit}, width) {
  const height = TOP + ROW * rows.length;
  const left = Math.min(190, 0.36 * width);
  const values = rows.flatMap((row) => [row.low, row.mean, row.high]).filter((value) => value !== undefined);
  const {low, high, step} = span(values, Math.max(2, (width - left - RIGHT) / APART));
  const x = (value) => left + ((value - low) / (high - low)) * (width - left - RIGHT);
  const svg = drawn('svg', {width, height: height + BOTTOM, role: 'img', 'aria-label': described(rows, unit)});
  for (let at = 0; at <= Math.round((high - low) / step); at++) {
    const value = low + at * step;
    const zero = Math.abs(value) < step / 1000;
    svg.append(
      drawn('line', {class: zero ? 'zero' : 'grid', x1: x(value), x2: x(value), y1: TOP, y2: height}),
      drawn('text', {x: x(value), y: height + 18, 'text-anchor': 'middle'}, zero ? '0' : tick(value, step)));
  }
  rows.forEach((row, at) => {
    const y = TOP + ROW * (at + 0.5);
    svg.append(drawn('text', {class: 'of', x: left - 14, y: y + 5, 'text-anchor': 'end'}, row.of));
    if (row.low !== undefined) {
      svg.append(drawn('line', {class: `interval ${row.tone}`, x1: x(row.low), x2: x(row.high), y1: y, y2: y}));
    }
    if (row.mean !== undefined) svg.append(drawn('circle', {class: row.tone, cx: x(row.mean), cy: y, r: 5.5}));
  });
  [`gain in ${metric}, better to the right`, `(${unit})`].forEach((text, line) => svg.append(
    drawn('text', {x: width / 2, y: height + 40 + 17 * line, 'text-anchor': 'middle'}, text)));
  return svg;
}

/** Limits that are whole steps, 0 within them. */
function span(values, ticks) {
  const least = Math.min(0, ...values);
  const most = Math.max(0, ...values);
  const rough = ((most - least) || 1) / ticks;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find((factor) => factor * power >= rough);
  const low = step * Math.floor(least / step);
  return {low, high: Math.max(low + step, step * Math.ceil(most / step)), step};
}

function tick(value, step) {
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return `${value > 0 ? '+' : '\u2212'}${Math.abs(value).toFixed(digits)}`;
}

function described(rows, unit) {
  return `What each bought, in ${unit}, with intervals of 95 %; the table below has the numbers. `
    + `${rows.map(({of, word}) => `${of}: ${word.toLowerCase()}`).join(', ')}.`;
}

function drawn(tag, properties, text) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(properties)) node.setAttribute(name, value);
  if (text !== undefined) node.textContent = text;
  return node;
}
