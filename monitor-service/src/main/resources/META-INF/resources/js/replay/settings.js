// A rule's settings as fields, made from what the monitor says of them: a slider and a number for
// what is a number, choices, yes or no, and text for the rest. What is left empty is left out, so
// that the rule's own default holds.
import {element as e, say} from '../dom.js';

const STEPS = 200;
export const FIRST = ['patience', 'minDelta']; // what most rules have, and most people change

export class Settings {
  #fields = new Map();
  #changed;

  constructor(changed) {
    this.#changed = changed;
  }

  /**
   * @param rule as GET /v1/rules lists it
   * @param values what is said already, by name
   * @param scale {epochs, loss, metrics}: the longest run, the span of its losses, what there is to watch
   * @return {main, more}: fields to show, and those that are seldom wanted
   */
  of(rule, values, scale) {
    this.#fields = new Map(rule.settings.map((setting) =>
      [setting.name, new Field(setting, values[setting.name], scale, this.#changed)]));
    const order = (field) => (FIRST.includes(field.name) ? FIRST.indexOf(field.name) : FIRST.length);
    const all = [...this.#fields.values()].sort((a, b) => order(a) - order(b));
    return {
      main: all.filter((field) => field.often).map((field) => field.node),
      more: all.filter((field) => !field.often).map((field) => field.node),
    };
  }

  /** What is said, by name. */
  values() {
    const said = {};
    for (const [name, field] of this.#fields) {
      const value = field.value();
      if (value !== undefined) said[name] = value;
    }
    return said;
  }

  /** Shows each fault at its field; returns those that are of no field. */
  faults(errors) {
    this.#fields.forEach((field) => field.fault(''));
    return errors.filter(({field, message}) => {
      const at = this.#fields.get(field.replace(/^policy\.rules\[\d+\]\./, '').replace(/\[.*$/, ''));
      at?.fault(message.replace(/^policy\.rules\[\d+\]\./, ''));
      return !at;
    });
  }
}

class Field {
  #setting;
  #input;
  #slider;
  #fault;

  constructor(setting, value, scale, changed) {
    this.#setting = setting;
    const id = `setting-${setting.name}`;
    const about = {id, 'aria-describedby': `${id}-said ${id}-fault`};
    this.#fault = e('p', {id: `${id}-fault`, class: 'fault', 'aria-live': 'polite'});
    this.#input = input(setting, about, scale);
    this.#input.value = value === undefined ? '' : String(value);
    this.#input.addEventListener('input', () => {
      if (this.#slider && this.#input.value !== '') this.#slider.value = this.#input.value;
      changed();
    });
    const row = e('div', {class: 'row'});
    if (numeric(setting)) {
      this.#slider = slider(setting, scale);
      this.#slider.value = this.#input.value || setting.defaultValue || this.#slider.min;
      this.#slider.addEventListener('input', () => {
        this.#input.value = this.#slider.value;
        changed();
      });
      row.append(this.#slider);
    }
    row.append(this.#input);
    this.node = e('div', {class: 'setting', 'data-setting': setting.name},
      e('label', {for: id}, setting.name), row,
      e('p', {id: `${id}-said`, class: 'said'}, setting.description),
      this.#fault);
  }

  get name() {
    return this.#setting.name;
  }

  /** Whether most who use the rule want to see it: not what does nothing unless it is set. */
  get often() {
    const {name, defaultValue, minimum, choices} = this.#setting;
    return FIRST.includes(name) || choices.length > 0 || this.#input.value !== ''
      || (numeric(this.#setting) && defaultValue !== undefined && defaultValue !== minimum);
  }

  value() {
    const text = this.#input.value.trim();
    if (text === '') return undefined;
    const {kind} = this.#setting;
    if (kind === 'FLAG') return text === 'true';
    if (kind === 'CURVE') return parsed(text);
    return numeric(this.#setting) && Number.isFinite(Number(text)) ? Number(text) : text;
  }

  fault(message) {
    say(this.#fault, message);
    if (message) this.#input.setAttribute('aria-invalid', 'true');
    else this.#input.removeAttribute('aria-invalid');
    if (message) this.node.closest('details')?.setAttribute('open', '');
  }
}

function numeric({kind}) {
  return kind === 'WHOLE_NUMBER' || kind === 'NUMBER';
}

function input(setting, about, scale) {
  const {kind, choices, defaultValue, name} = setting;
  const left = defaultValue === undefined ? 'left out' : String(defaultValue);
  if (kind === 'FLAG' || choices.length > 0) {
    const values = kind === 'FLAG' ? ['true', 'false'] : choices;
    return e('select', about,
      e('option', {value: ''}, defaultValue === undefined ? 'as the rule has it' : `${left} (default)`),
      values.filter((value) => value !== defaultValue).map((value) => e('option', {value}, value)));
  }
  if (numeric(setting)) {
    return e('input', {...about, type: 'text', inputmode: 'decimal', placeholder: left, autocomplete: 'off'});
  }
  if (name === 'metric') {
    return e('select', about,
      e('option', {value: ''}, `${left} (default)`),
      scale.metrics.filter((metric) => metric !== defaultValue).map((metric) => e('option', {value: metric}, metric)));
  }
  return e('input', {...about, type: 'text', placeholder: left, autocomplete: 'off'});
}

/** From the least that is allowed to what makes a difference; the number beside it takes any. */
function slider({name, kind, minimum, defaultValue}, {epochs, loss}) {
  const whole = kind === 'WHOLE_NUMBER';
  const usual = Math.abs(Number(defaultValue ?? 0));
  const most = whole ? Math.max(epochs, 2 * usual, 10) : round(usual > 0 ? 4 * usual : loss / 2);
  const least = Number.isFinite(Number(minimum)) ? Number(minimum) : -most;
  return e('input', {
    type: 'range',
    'aria-label': name,
    min: least,
    max: Math.max(most, least + (whole ? 1 : most || 1)),
    step: whole ? 1 : round((most - least) / STEPS) || 0.01,
  });
}

/** To one digit: 1, 2 or 5 by a power of ten. */
function round(value) {
  if (!(value > 0) || !Number.isFinite(value)) return 0;
  const power = 10 ** Math.floor(Math.log10(value));
  const digit = [1, 2, 5, 10].find((step) => value <= step * power * 1.0001);
  return Number((digit * power).toPrecision(3));
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
