// The rows: made once, moved where they belong, drawn when they are in sight.
import {Row} from './row.js';

export class Table {
  #body;
  #curves;
  #rows = new Map();
  #chosen = new Set();
  #told;
  #watch;
  #seen = new Set();

  /** @param told called with the ids of the runs to compare, in the order they were ticked */
  constructor(table, curves, told) {
    [this.#body] = table.tBodies;
    this.#curves = curves;
    this.#told = told;
    this.#watch = new IntersectionObserver(
      (entries) => entries.forEach(({target, isIntersecting}) => this.#see(target.dataset.run, isIntersecting)),
      {rootMargin: '200px 0px'});
  }

  /** These rows, in this order, and no others. */
  arrange(runs) {
    const focused = document.activeElement;
    const ids = new Set(runs.map(({id}) => id));
    for (const [id, row] of this.#rows) {
      if (!ids.has(id)) this.#drop(id, row);
    }
    let next = this.#body.firstElementChild;
    for (const run of runs) {
      const row = this.#rows.get(run.id) ?? this.#made(run);
      if (row.node === next) next = next.nextElementSibling;
      else this.#body.insertBefore(row.node, next);
    }
    // A node that is moved loses the focus.
    if (focused !== document.activeElement && this.#body.contains(focused)) focused.focus({preventScroll: true});
  }

  /** Whether the run's row is in sight, or about to be. */
  sees(id) {
    return this.#seen.has(id);
  }

  show(run) {
    this.#rows.get(run.id)?.show(run, this.#curves.of(run.id));
  }

  #made(run) {
    const {id} = run;
    const row = new Row(id, this.#chosen.has(id), (ticked) => {
      if (ticked) this.#chosen.add(id);
      else this.#chosen.delete(id);
      this.#told([...this.#chosen]);
    });
    this.#rows.set(id, row);
    row.show(run, this.#curves.of(id));
    this.#watch.observe(row.node);
    return row;
  }

  #see(id, seen) {
    if (seen) this.#seen.add(id);
    else this.#seen.delete(id);
    this.#curves.see(id, seen);
  }

  #drop(id, row) {
    this.#watch.unobserve(row.node);
    this.#see(id, false);
    row.node.remove();
    this.#rows.delete(id);
  }
}
