// In which order the rows stand: the newest first, or by a column whose header was pressed.
import {trainingLoss, validationLoss} from '../numbers.js';
import {PHASES} from '../words.js';
import {asked, remember} from './address.js';
import {share} from './row.js';
import {secondsLeft} from './time.js';

const RANKS = Object.keys(PHASES);

/** What a column sorts by; undefined and NaN come last, whatever the direction. */
const VALUES = {
  name: ({summary}) => summary.name.toLowerCase(),
  phase: ({summary}) => RANKS.indexOf(summary.phase),
  progress: ({summary}) => share(summary),
  left: ({summary}) => secondsLeft(summary),
  trainingLoss: ({summary}) => trainingLoss(summary.metrics),
  validationLoss: ({summary}) => validationLoss(summary.metrics),
  alerts: ({summary}) => summary.openAlerts.length,
};
const NEXT = {none: 'ascending', ascending: 'descending', descending: 'none'};

export class Order {
  #headers;
  #by;
  #direction;

  /** @param changed called when another order is wanted */
  constructor(head, changed) {
    this.#headers = [...head.querySelectorAll('[data-sort]')];
    this.#by = asked('sort') in VALUES ? asked('sort') : '';
    this.#direction = asked('order') === 'descending' ? 'descending' : 'ascending';
    for (const header of this.#headers) {
      header.querySelector('button').addEventListener('click', () => {
        this.#press(header.dataset.sort);
        changed();
      });
    }
    this.#show();
  }

  /** Whether it isn't the newest first. */
  get chosen() {
    return this.#by !== '';
  }

  /** @param runs the newest first */
  of(runs) {
    if (!this.#by) return runs;
    const value = VALUES[this.#by];
    const sign = this.#direction === 'descending' ? -1 : 1;
    const last = (one) => one === undefined || Number.isNaN(one);
    return runs.map((run) => [run, value(run)])
      .sort(([, a], [, b]) => last(a) - last(b) || (last(a) ? 0 : sign * ((a > b) - (a < b))))
      .map(([run]) => run);
  }

  #press(column) {
    const before = this.#by === column ? this.#direction : 'none';
    this.#direction = NEXT[before];
    this.#by = this.#direction === 'none' ? '' : column;
    remember({sort: this.#by, order: this.#by && this.#direction});
    this.#show();
  }

  #show() {
    for (const header of this.#headers) {
      header.setAttribute('aria-sort', header.dataset.sort === this.#by ? this.#direction : 'none');
    }
  }
}
