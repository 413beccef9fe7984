// One run's learning curves.
import uPlot from '/webjars/uplot/1.6.30/dist/uPlot.esm.js';
import {marks} from './marks.js';
import {lossUnit, trainingLoss, validationLoss} from './numbers.js';

/** Ticks of an axis of epochs, which are whole. */
export const EPOCHS_APART = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000];
const KEPT = 2 / 3; // of the running mean at each value
const NARROWEST = 4; // pixels: less is a click
const LOG_BEYOND = 40; // from here on a linear axis would flatten what matters

export class Plot {
  #host;
  #hover;
  #zoomed;
  #plot;
  #logarithmic;
  #state = {};
  #resized;

  /**
   * @param hover called with the index of the epoch under the cursor, undefined when it leaves
   * @param zoomed called with the first and the last epoch of a stretch that was dragged over,
   *     without them after a double click; without it nobody can drag
   */
  constructor(host, hover, zoomed) {
    this.#host = host;
    this.#hover = hover;
    this.#zoomed = zoomed;
    this.#resized = new ResizeObserver(() => this.#plot?.setSize(this.#size()));
    this.#resized.observe(host);
  }

  /** @param state {epochs, alerts, bestEpoch, stoppedEpoch, plannedEpochs, ended}; of a replay also
   * {wouldStop, kept}: the epochs that it stops after and takes the weights of; scale, logarithmic
   * or linear, where the losses aren't to decide; smoothed, to draw running means too; from and to,
   * the epochs to look at where it isn't all of them */
  show(state) {
    this.#state = state;
    const plain = columns(state.epochs);
    const logarithmic = state.scale ? state.scale === 'logarithmic' : wide(plain);
    const drawn = logarithmic ? plain.map((values) => values.map(positive)) : plain;
    const data = state.smoothed ? [...drawn, ...drawn.slice(1).map(smoothed)] : drawn;
    if (this.#plot && this.#logarithmic === logarithmic && this.#plot.data.length === data.length) {
      this.#plot.setData(data);
      return;
    }
    this.#logarithmic = logarithmic;
    this.#plot?.destroy();
    this.#plot = new uPlot(this.#options(), data, this.#host);
  }

  /** Takes the page's colors anew. */
  repaint() {
    this.#plot?.destroy();
    this.#plot = undefined;
    if (this.#state.epochs) this.show(this.#state);
  }

  destroy() {
    this.#resized.disconnect();
    this.#plot?.destroy();
  }

  #size() {
    return {width: Math.max(160, this.#host.clientWidth), height: this.#host.clientHeight};
  }

  #options() {
    const color = colors(this.#host);
    const axis = {
      stroke: color('--soft'),
      font: `12px ${color('--sans')}`,
      labelFont: `12px ${color('--sans')}`,
      labelSize: 20,
      grid: {stroke: color('--grid'), width: 1},
      ticks: {show: false},
    };
    const line = (label, name) => ({
      label,
      stroke: color(name),
      width: this.#state.smoothed ? 1 : 2,
      points: {show: (plot) => plot.data[0].length < 2, size: 5, fill: color(name)},
    });
    const mean = (label, name) => ({...line(label, name), width: 2.5, points: {show: false}});
    return {
      ...this.#size(),
      padding: [22, 14, 0, 0],
      legend: {show: false},
      cursor: {
        y: false,
        drag: {x: this.#zoomed !== undefined, y: false, setScale: false},
        bind: {dblclick: () => () => this.#zoomed?.()},
        points: {size: 7},
      },
      scales: {
        x: {time: false, range: () => this.#epochs()},
        y: this.#logarithmic ? {distr: 3} : {range: (_, low, high) => padded(low, high)},
      },
      axes: [
        {...axis, label: 'epoch', size: 30, space: 56, incrs: EPOCHS_APART},
        {
          ...axis,
          label: `loss (${lossUnit(this.#state.epochs[0]?.metrics)}${this.#logarithmic ? ', logarithmic' : ''})`,
          size: 46,
          space: 44,
          ...(this.#logarithmic && {values: (_, splits) => splits.map(decade)}),
        },
      ],
      series: [
        {label: 'epoch'},
        line('training loss', '--training'),
        line('validation loss', '--validation'),
        ...(this.#state.smoothed
          ? [mean('training loss, smoothed', '--training'), mean('validation loss, smoothed', '--validation')]
          : []),
      ],
      hooks: {
        drawAxes: [(plot) => marks(plot, this.#state, color).below()],
        draw: [(plot) => marks(plot, this.#state, color).above()],
        setCursor: [(plot) => this.#hover(plot.cursor.idx ?? undefined)],
        setSelect: [(plot) => this.#dragged(plot)],
      },
    };
  }

  #dragged(plot) {
    const {left, width} = plot.select;
    if (width < NARROWEST) return;
    plot.setSelect({left: 0, top: 0, width: 0, height: 0}, false);
    this.#zoomed?.(Math.floor(plot.posToVal(left, 'x')), Math.ceil(plot.posToVal(left + width, 'x')));
  }

  /** A run that goes on shows some of the way ahead. */
  #epochs() {
    const {epochs, plannedEpochs, ended, from = 1, to} = this.#state;
    const last = epochs.length ? epochs[epochs.length - 1].epoch : 1;
    const ahead = ended ? last : Math.min(plannedEpochs ?? Infinity, Math.max(10, last * 1.25));
    return [from, Math.max(from + 1, to ?? Math.max(last, ahead))];
  }
}

function columns(epochs) {
  const finite = (value) => (Number.isFinite(value) ? value : null);
  return [
    epochs.map(({epoch}) => epoch),
    epochs.map(({metrics}) => finite(trainingLoss(metrics))),
    epochs.map(({metrics}) => finite(validationLoss(metrics))),
  ];
}

function positive(value) {
  return value > 0 ? value : null;
}

/** The mean that forgets a third at each value; where there is no value, it waits. */
function smoothed(values) {
  let sum = 0;
  let weight = 0;
  return values.map((value) => {
    if (value === null) return null;
    sum = KEPT * sum + (1 - KEPT) * value;
    weight = KEPT * weight + (1 - KEPT);
    return sum / weight;
  });
}

function wide([, ...losses]) {
  let low = Infinity;
  let high = -Infinity;
  for (const value of losses.flat()) {
    if (value === null) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low > 0 && high / low > LOG_BEYOND && high > 10;
}

function padded(low, high) {
  if (low === null || high === null) return [0, 1];
  const room = (high - low || Math.abs(high) || 1) * 0.08;
  return [low >= 0 ? Math.max(0, low - room) : low - room, high + room];
}

export function decade(value) {
  if (value === null || value === undefined) return '';
  const power = Math.log10(value);
  if (Math.abs(power - Math.round(power)) > 1e-9) return '';
  return value >= 1e5 || value < 1e-3 ? `1e${Math.round(power)}` : String(value);
}

export function colors(host) {
  const style = getComputedStyle(host);
  return (name) => style.getPropertyValue(name).trim();
}
