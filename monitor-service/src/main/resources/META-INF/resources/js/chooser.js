// Which runs somebody looks at: a list of boxes to tick, with a field that narrows it.
import {element as e} from './dom.js';
import {count} from './words.js';

const FEW = 8; // a list that is seen at a glance needs no field

export class Chooser {
  #search = e('input', {type: 'search', 'aria-label': 'Narrow the list of runs', placeholder: 'name, experiment or id'});
  #list = e('div', {class: 'choices'});
  #chosen;
  #changed;
  #runs = [];

  /**
   * @param host element to fill
   * @param chosen ids that are chosen already
   * @param changed called when somebody chose
   */
  constructor(host, chosen, changed) {
    this.#chosen = new Set(chosen);
    this.#changed = changed;
    this.#search.addEventListener('input', () => this.#narrow());
    host.append(this.#search, this.#list);
  }

  /** Of the runs that are known: an address may name one that is not known yet, or no more. */
  get chosen() {
    return this.#runs.map(({id}) => id).filter((id) => this.#chosen.has(id));
  }

  has(id) {
    return this.#chosen.has(id);
  }

  /** Runs that came or went; where none is chosen, the first ones are. */
  show(runs, first) {
    if (this.#chosen.size === 0) runs.slice(0, first).forEach(({id}) => this.#chosen.add(id));
    const same = runs.length === this.#runs.length && runs.every(({id}, at) => id === this.#runs[at].id);
    this.#runs = runs;
    if (same) return;
    this.#list.replaceChildren(...runs.map((run) => this.#box(run)));
    this.#search.hidden = runs.length <= FEW;
    this.#narrow();
  }

  #box({id, summary}) {
    const box = e('input', {type: 'checkbox', value: id});
    box.checked = this.#chosen.has(id);
    box.addEventListener('change', () => {
      if (box.checked) this.#chosen.add(id);
      else this.#chosen.delete(id);
      this.#changed();
    });
    return e('label', {}, box,
      e('span', {}, summary.name, e('small', {}, ` ${count(summary.lastEpoch, 'epoch')} · ${id}`)));
  }

  #narrow() {
    const wanted = this.#search.value.trim().toLowerCase();
    this.#runs.forEach(({id, summary}, at) => {
      const said = `${summary.name} ${summary.experiment ?? ''} ${id}`.toLowerCase();
      this.#list.children[at].hidden = !said.includes(wanted) && !this.#chosen.has(id);
    });
  }
}
