// A plot of several series over the epochs, with a key that says the values under the cursor.
import uPlot from '/webjars/uplot/1.6.30/dist/uPlot.esm.js';
import {element as e} from './dom.js';
import {number, spoken} from './numbers.js';
import {colors, decade, EPOCHS_APART} from './plot.js';
import {count} from './words.js';

const HUES = 6;
const DASHES = [[], [7, 4], [2, 3]]; // the hues again, told apart by their dashes

export class Chart {
  #about;
  #host = e('div', {class: 'plot small', role: 'img'});
  #caption = e('figcaption');
  #key = e('ul', {class: 'key', 'aria-hidden': 'true'});
  #plot;
  #names = [];
  #epochs = [];
  #hovered;
  #seen = false;

  /**
   * @param about {kind, title, unit, scale: 'linear' or 'logarithmic'}; series are named after
   * their metrics without the kind, or by label(name) where there is one
   */
  constructor(figure, about) {
    this.#about = about;
    this.#caption.textContent = about.title;
    figure.append(this.#caption, this.#key, this.#host);
    // What nobody looks at isn't drawn: of a long run that goes on it would be every chart, all the time.
    new IntersectionObserver(([{isIntersecting}]) => {
      this.#seen = isIntersecting;
      if (isIntersecting) this.#draw();
    }, {rootMargin: '200px 0px'}).observe(figure);
    new ResizeObserver(() => this.#plot?.setSize(this.#size())).observe(this.#host);
  }

  /** Of something else from now on; to be shown anew. */
  describe(about) {
    const same = ['title', 'unit', 'scale'].every((part) => about[part] === this.#about[part]);
    this.#about = about;
    if (same) return;
    this.#caption.textContent = about.title;
    this.#plot?.destroy();
    this.#plot = undefined;
  }

  show(epochs, names) {
    if (names.join() !== this.#names.join()) {
      this.#plot?.destroy();
      this.#plot = undefined;
    }
    this.#epochs = epochs;
    this.#names = names;
    this.#say();
    this.#host.setAttribute('aria-label', this.#described());
    if (this.#seen) this.#draw();
  }

  /** Takes the page's colors anew. */
  repaint() {
    this.#plot?.destroy();
    this.#plot = undefined;
    if (this.#seen) this.#draw();
  }

  #draw() {
    if (this.#plot) this.#plot.setData(this.#data());
    else if (this.#names.length > 0) this.#plot = new uPlot(this.#options(), this.#data(), this.#host);
  }

  #data() {
    const logarithmic = this.#about.scale === 'logarithmic';
    const drawn = (value) => (Number.isFinite(value) && (!logarithmic || value > 0) ? value : null);
    return [
      this.#epochs.map(({epoch}) => epoch),
      ...this.#names.map((name) => this.#epochs.map(({metrics}) => drawn(number(metrics[name])))),
    ];
  }

  #size() {
    return {width: Math.max(160, this.#host.clientWidth), height: this.#host.clientHeight};
  }

  #options() {
    const color = colors(this.#host);
    const {unit, scale} = this.#about;
    const axis = {
      stroke: color('--soft'),
      font: `12px ${color('--sans')}`,
      labelFont: `12px ${color('--sans')}`,
      labelSize: 20,
      grid: {stroke: color('--grid'), width: 1},
      ticks: {show: false},
    };
    return {
      ...this.#size(),
      padding: [16, 14, 0, 0],
      legend: {show: false},
      cursor: {y: false, drag: {x: false, y: false}, points: {size: 6}, sync: {key: 'run'}},
      scales: {
        x: {time: false, range: (_, low, high) => [low ?? 1, Math.max(2, high ?? 1)]},
        y: scale === 'logarithmic' ? {distr: 3} : {},
      },
      axes: [
        {...axis, label: 'epoch', size: 28, space: 56, incrs: EPOCHS_APART},
        {
          ...axis,
          label: scale === 'logarithmic' ? `${unit} (logarithmic)` : unit,
          size: 54,
          space: 34,
          values: (_, splits) => splits.map(scale === 'logarithmic' ? decade : short),
        },
      ],
      series: [{}, ...this.#names.map((name, at) => ({
        stroke: color(`--hue-${1 + (at % HUES)}`),
        dash: DASHES[Math.floor(at / HUES) % DASHES.length],
        width: 1.75,
        points: {show: (plot) => plot.data[0].length < 2, size: 5},
      }))],
      hooks: {
        draw: [(plot) => this.#odd(plot, color)],
        setCursor: [(plot) => {
          this.#hovered = plot.cursor.idx ?? undefined;
          this.#say();
        }],
      },
    };
  }

  /** Where a value is no finite number, the plot says so at its upper edge. */
  #odd(plot, color) {
    const {ctx} = plot;
    ctx.save();
    ctx.font = `bold ${12 * devicePixelRatio}px ${color('--sans')}`;
    ctx.textAlign = 'center';
    ctx.textBaseline = 'bottom';
    ctx.fillStyle = color('--critical');
    for (const name of this.#names) {
      let before;
      for (const {epoch, metrics} of this.#epochs) {
        const word = odd(number(metrics[name]));
        if (word && word !== before) ctx.fillText(word, plot.valToPos(epoch, 'x', true), plot.bbox.top);
        before = word;
      }
    }
    ctx.restore();
  }

  #say() {
    this.#key.replaceChildren(...this.#names.map((name, at) => e('li', {
      style: `--swatch: var(--hue-${1 + (at % HUES)})`,
      class: Math.floor(at / HUES) % DASHES.length > 0 ? 'is-dashed' : undefined,
    }, `${this.#short(name)} `, e('b', {}, spoken(this.#value(name))))));
  }

  /** Under the cursor; without one the last that was measured. */
  #value(name) {
    const hovered = this.#epochs[this.#hovered];
    if (hovered) return number(hovered.metrics[name]);
    for (let at = this.#epochs.length - 1; at >= 0; at--) {
      const value = number(this.#epochs[at].metrics[name]);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  #short(name) {
    return this.#about.label?.(name) ?? name.replace(this.#about.kind, '');
  }

  #described() {
    return `${this.#about.title} over ${count(this.#epochs.length, 'epoch')}, in the end: `
      + `${this.#names.map((name) => `${this.#short(name)} ${spoken(this.#value(name))}`).join(', ')}.`;
  }
}

/** What a plot can't place, in a word; undefined for numbers that it can. */
function odd(value) {
  if (value === undefined || Number.isFinite(value)) return undefined;
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? '∞' : '−∞';
}

/** As few digits as tell the axis's numbers apart. */
function short(value) {
  return value !== 0 && Math.abs(value) < 0.001 ? value.toExponential() : String(Number(value.toPrecision(6)));
}
