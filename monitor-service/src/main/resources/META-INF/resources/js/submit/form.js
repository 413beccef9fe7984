// The fields beside the text: made anew where the submission has other parts, filled wherever it changed.
import {element as e} from '../dom.js';
import {box, fill, mark} from './box.js';
import {wrong} from './check.js';
import {listBox} from './list.js';
import {found} from './path.js';
import {flat, parts} from './schema.js';

/** What most people change, by its path, and what it is called. */
const OFTEN = new Map(Object.entries({
  name: 'Name', experiment: 'Experiment', seed: 'Seed', 'model.dropout': 'Dropout, share of units',
  'training.epochs': 'Epochs', 'training.batchSize': 'Batch size, rows', 'training.optimizer.learningRate': 'Learning rate',
  'data.labelNoise': 'Label noise, share', 'export.model': 'Model, served as',
}));
const LISTS = new Map(Object.entries({
  regularization: 'Regularization', 'policy.rules': 'Rules that judge it', heads: 'Heads',
}));

export class Form {
  #places;
  #acts;
  #shape;
  #all = [];

  /**
   * @param places {often, lists, more}: elements to fill
   * @param acts {changed(part, wanted), add(part, variant), remove(part, at), earlier(part, at)}
   */
  constructor(places, acts) {
    this.#places = places;
    this.#acts = acts;
  }

  /** @param schema undefined as long as it isn't known */
  show(schema, value) {
    const all = schema ? parts(schema, value) : [...OFTEN.keys()].map(bare);
    this.#all = flat(all);
    const shape = JSON.stringify(this.#all.map((part) => [part.path, part.entries?.map(({name}) => name)]));
    if (shape !== this.#shape) this.#make(all);
    this.#shape = shape;
    for (const part of this.#all) if (!part.list) fill(part, value);
  }

  /** What the values break, each as {field, message}; what is required counts where it is asked for. */
  wrong(value, required) {
    return this.#all.filter((part) => !part.list && (required || !part.needed || found(value, part.path) !== undefined))
      .map((part) => ({field: part.path, message: wrong(part, found(value, part.path))}))
      .filter(({message}) => message)
      .map(({field, message}) => ({field, message: `${field} ${message}`}));
  }

  /** Shows each fault at its field. */
  mark(faults) {
    for (const {path} of this.#all) {
      const own = faults.filter(({field}) => field === path).map(({message}) => message.replace(`${path} `, ''));
      mark(path, own.join('; '));
    }
  }

  #make(all) {
    const focused = document.activeElement?.id;
    const often = all.filter(({path}) => OFTEN.has(path));
    const lists = all.filter(({path}) => LISTS.has(path));
    const order = (names) => (a, b) => names.indexOf(a.path) - names.indexOf(b.path);
    this.#places.often.replaceChildren(...this.#shown(often.sort(order([...OFTEN.keys()]))));
    this.#places.lists.replaceChildren(...this.#shown(lists.sort(order([...LISTS.keys()]))));
    this.#places.more.replaceChildren(...this.#shown(all.filter((part) => !often.includes(part) && !lists.includes(part))));
    if (focused) document.getElementById(focused)?.focus();
  }

  #shown(some, within = '') {
    return some.map((part) => {
      const label = OFTEN.get(part.path) ?? LISTS.get(part.path) ?? short(part.path, within);
      if (!part.list) return box(part, label, this.#acts.changed);
      return listBox(part, label, (inner, path) => this.#shown(inner, path), this.#acts);
    });
  }
}

/** A path within another; of an entry itself its number. */
function short(path, within) {
  const rest = within ? path.slice(within.length + 1).replace(/\.kind$/, '') : path;
  return rest || e('span', {class: 'heard'}, path);
}

function bare(path) {
  const type = ['name', 'experiment', 'export.model'].includes(path) ? 'text' : 'number';
  return {path, type, limits: {}, hint: ''};
}
