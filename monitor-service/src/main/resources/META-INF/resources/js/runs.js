// Every run as the page knows it: fetched states, and the updates that came since.

export class Runs {
  #runs = new Map();
  #sorted;
  #changed;
  #fetch;

  /**
   * @param fetch path => promise of JSON
   * @param changed called with a run after each change, with undefined when runs came or went
   */
  constructor(fetch, changed) {
    this.#fetch = fetch;
    this.#changed = changed;
  }

  /** Newest first; in an order that holds until runs come or go, for nobody wants to sort them at every epoch. */
  list() {
    this.#sorted ??= [...this.#runs.values()].sort((a, b) => after(a.summary.startedAt, b.summary.startedAt) || after(b.id, a.id));
    return this.#sorted;
  }

  get(id) {
    return this.#runs.get(id);
  }

  /** The stream broke: what the monitor knows when it is back, it has to say anew. */
  away() {
    for (const run of this.#runs.values()) run.known = false;
  }

  /** The stream stands anew: whatever is here may be out of date, and revisions count afresh. */
  async refresh() {
    this.away();
    for (const run of this.#runs.values()) {
      run.revision = 0;
      run.stale = true;
    }
    const {revision, runs} = await this.#listed();
    const listed = new Set(runs.map((summary) => summary.run));
    for (const [id, run] of this.#runs) {
      if (!listed.has(id) && run.revision <= revision) this.#runs.delete(id);
    }
    for (const summary of runs) {
      const run = this.#runs.get(summary.run) ?? this.#add(summary);
      run.known = true;
      if (run.revision <= revision) run.summary = summary;
    }
    this.#sorted = undefined;
    this.#changed(undefined);
    for (const run of this.#runs.values()) {
      if (run.wanted) this.want(run.id);
      this.#changed(run);
    }
  }

  /** Brings the run's epochs, decisions and alerts, once somebody looks at it. */
  async want(id) {
    const run = this.#runs.get(id);
    if (!run) return;
    run.wanted = true;
    if (!run.stale || run.pending || !run.known) return;
    run.pending = [];
    try {
      const view = await this.#fetch(`/v1/runs/${encodeURIComponent(id)}`);
      run.epochs = byKey(view.epochs, (epoch) => epoch.epoch);
      run.decisions = byKey(view.decisions, (decision) => decision.id);
      run.alerts = byKey(view.alerts, (alert) => alert.id);
      run.model = view.model;
      run.policy = view.policy;
      run.stale = false;
      run.pending.filter((update) => update.revision > view.revision)
        .forEach((update) => merge(run, update));
    } catch (error) {
      console.warn(error);
      setTimeout(() => this.want(id), 2000);
    } finally {
      run.pending = undefined;
    }
    this.#changed(run);
  }

  apply(update) {
    let run = this.#runs.get(update.run);
    const came = !run;
    run ??= this.#add(update.summary);
    if (update.revision <= run.revision) return;
    run.revision = update.revision;
    run.known = true;
    const anotherAttempt = run.summary.attempt !== update.summary.attempt;
    if (run.summary.startedAt !== update.summary.startedAt) this.#sorted = undefined;
    run.summary = update.summary;
    if (run.pending) run.pending.push(update);
    else merge(run, update);
    if (came) this.#changed(undefined);
    if (anotherAttempt || bare(update) || run.epochs.size > update.summary.lastEpoch) {
      run.stale = true;
      if (run.wanted) this.want(run.id);
    }
    this.#changed(run);
  }

  /** The monitor shows it no more. */
  forget(update) {
    const run = this.#runs.get(update.run);
    if (!run || update.revision <= run.revision) return;
    this.#runs.delete(update.run);
    this.#sorted = undefined;
    this.#changed(undefined);
  }

  /** Every page of the list; of the first page's revision, for later pages may only be newer. */
  async #listed() {
    const first = await this.#fetch('/v1/runs');
    const runs = [...first.runs];
    for (let {next} = first; next;) {
      const page = await this.#fetch(`/v1/runs?after=${encodeURIComponent(next)}`);
      runs.push(...page.runs);
      next = page.next;
    }
    return {revision: first.revision, runs};
  }

  #add(summary) {
    const run = {
      id: summary.run,
      summary,
      revision: 0,
      known: false,
      stale: true,
      wanted: false,
      epochs: new Map(),
      decisions: new Map(),
      alerts: new Map(),
      model: undefined,
      policy: undefined,
    };
    this.#runs.set(run.id, run);
    this.#sorted = undefined;
    return run;
  }
}

/** Of the run as a whole: what it says stands in no part of it. */
function bare({epoch, decision, alert, model}) {
  return !epoch && !decision && !alert && !model;
}

/** Below 0 where the first comes first: the greater text. */
function after(a, b) {
  return (a < b) - (a > b);
}

function merge(run, {epoch, decision, alert, model}) {
  if (epoch) run.epochs.set(epoch.epoch, epoch);
  if (decision) run.decisions.set(decision.id, decision);
  if (alert) run.alerts.set(alert.id, alert);
  if (model) run.model = model;
}

function byKey(values, key) {
  return new Map(values.map((value) => [key(value), value]));
}
