// The course of each run's validation loss, in few points: fetched once somebody sees it, then live.
import {number} from '../numbers.js';

const POINTS = 60;
const CROWDED = 4 * POINTS; // from here on it is fetched anew, thinned

export class Curves {
  #known = new Map();
  #fetch;
  #changed;

  /**
   * @param fetch path => promise of JSON
   * @param changed called with the id of a run whose curve changed
   */
  constructor(fetch, changed) {
    this.#fetch = fetch;
    this.#changed = changed;
  }

  /** Pairs of epoch and value, ascending; undefined where it was never fetched. */
  of(id) {
    const points = this.#known.get(id)?.points;
    return points && [...points].sort(([a], [b]) => a - b);
  }

  /** Whether somebody sees it: what nobody sees is not fetched. */
  see(id, seen) {
    const curve = this.#known.get(id) ?? {stale: true};
    this.#known.set(id, curve);
    curve.seen = seen;
    if (seen) this.#bring(id, curve);
  }

  apply(kind, {run: id, revision, epoch, summary}) {
    const curve = this.#known.get(id);
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

  /**
   * The stream stands anew: whatever is here may be out of date.
   * @param listed whether the monitor knows a run already: one that was started again reads its runs
   *     one after the other, and the others' curves are fetched when the stream tells of them
   */
  refresh(listed) {
    for (const [id, curve] of this.#known) {
      curve.stale = true;
      if (curve.seen && listed(id)) this.#bring(id, curve);
    }
  }

  forget(id) {
    this.#known.delete(id);
  }

  async #bring(id, curve) {
    if (!curve.stale || curve.pending) return;
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
