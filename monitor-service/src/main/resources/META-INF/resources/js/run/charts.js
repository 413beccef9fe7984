// What the trainer measures of each layer and head, a plot for each kind of measurement.
import {element as e} from '../dom.js';
import {Chart} from '../chart.js';

/** Titles, units and scales; from training-events' vocabulary of metrics. */
const KINDS = [
  {kind: 'gradientNorm/', title: 'Gradient norm by layer', unit: 'L2 norm', scale: 'logarithmic'},
  {kind: 'weightNorm/', title: 'Weight norm by layer', unit: 'L2 norm', scale: 'linear'},
  {kind: 'updateRatio/', title: 'Update by layer', unit: 'update / weights', scale: 'logarithmic'},
  {kind: 'activationVariance/', title: 'Variance of activations', unit: 'variance', scale: 'logarithmic'},
  {kind: 'deadShare/', title: 'Dead units', unit: 'share of units', scale: 'linear'},
  {kind: 'saturatedShare/', title: 'Saturated units', unit: 'share of units', scale: 'linear'},
  {kind: '/accuracy', title: 'Validation accuracy', unit: 'share of rows', scale: 'linear'},
  {kind: '/nll', title: 'Negative log-likelihood', unit: 'nats', scale: 'linear'},
  {kind: '/ece', title: 'Expected calibration error', unit: 'share', scale: 'linear'},
  {kind: '/rmse', title: 'Root mean squared error', unit: 'standardized', scale: 'linear'},
];

export class Charts {
  #host;
  #none;
  #charts = new Map();

  constructor(host, none) {
    this.#host = host;
    this.#none = none;
  }

  /** @param names of all metrics that the epochs have, sorted */
  show(epochs, names) {
    for (const about of KINDS) {
      const series = names.filter((name) => (about.kind.endsWith('/') ? name.startsWith(about.kind) : name.endsWith(about.kind)));
      if (series.length > 0) this.#chart(about).show(epochs, series);
    }
    this.#none.hidden = epochs.length === 0 || this.#charts.size > 0;
  }

  repaint() {
    this.#charts.forEach((chart) => chart.repaint());
  }

  #chart(about) {
    let chart = this.#charts.get(about.kind);
    if (!chart) {
      const figure = e('figure', {'data-chart': about.kind});
      this.#host.append(figure);
      chart = new Chart(figure, about);
      this.#charts.set(about.kind, chart);
    }
    return chart;
  }
}
