// The course of each run's validation loss, in few points: fetched once somebody sees it, then live.
import {number} from '../numbers.js';

const POINTS = 60;
const CROWDED = 4 * POINTS; // from here on it is fetched anew, thinned

export class Curves {
  #curves = new Map();
  #fetch;
  #known;
  #changed;

  /**
   * @param fetch path => promise of JSON
   * @param known whether the monitor has said that it has the run: one that was started again reads
   *     its runs one after the other, and is asked for none before it tells of it
   * @param changed called with the id of a run whose curve changed
   */
  constructor(fetch, known, changed) {
    this.#fetch = fetch;
    this.#known = known;
    this.#changed = changed;
  }

  /** Pairs of epoch and value, ascending; undefined where it was never fetched. */
  of(id) {
    const points = this.#curves.get(id)?.points;
    return points && [...points].sort(([a], [b]) => a - b);
  }

  /** Whether somebody sees it: what nobody sees is not fetched. */
  see(id, seen) {
    const curve = this.#curves.get(id) ?? {stale: true};
    this.#curves.set(id, curve);
    curve.seen = seen;
    if (seen) this.#bring(id, curve);
  }

  apply(kind, {run: id, revision, epoch, summary}) {
    const curve = this.#curves.get(id);
    if (!curve) return;
    if (kind === 'run') {
      // A new attempt may have taken epochs back.
      curve.stale ||= curve.attempt !== undefined && curve.attempt !== summary.attempt;
      curve.attempt = summary.attempt;
    }
    if (epoch && curve.pending) curve.pending.push({revision, epoch});
    if (epoch && curve.points) {
      put(curve.points, epoch);
      curve.stale ||= curve.points.size > CROWDED;
    }
    if (curve.seen) this.#bring(id, curve);
  }

  /** The stream stands anew: whatever is here may be out of date. */
  refresh() {
    for (const [id, curve] of this.#curves) {
      curve.stale = true;
      if (curve.seen) this.#bring(id, curve);
    }
  }

  forget(id) {
    this.#curves.delete(id);
  }

  async #bring(id, curve) {
    if (!curve.stale || curve.pending || !this.#known(id)) return;
    curve.pending = [];
    curve.stale = false;
    try {
      const {revision, epochs, values} =
        await this.#fetch(`/v1/runs/${encodeURIComponent(id)}/curve?points=${POINTS}`);
      curve.points = new Map(epochs.map((epoch, at) => [epoch, number(values[at])]));
      curve.pending.filter((update) => update.revision > revision)
        .forEach((update) => put(curve.points, update.epoch));
    } catch (error) {
      console.warn(error);
      curve.stale = true;
    } finally {
      curve.pending = undefined;
    }
    this.#changed(id);
  }
}

function put(points, {epoch, metrics}) {
  if (metrics.validationLoss !== undefined) points.set(epoch, number(metrics.validationLoss));
}
