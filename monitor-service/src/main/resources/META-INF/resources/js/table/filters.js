// Which runs are wanted: by experiment, phase, open alerts, and a text in their name, experiment or id.
import {element as e} from '../dom.js';
import {PHASES} from '../words.js';
import {asked, remember} from './address.js';

export class Filters {
  #form;
  #experiments = '';

  /** @param changed called when something else is wanted */
  constructor(form, changed) {
    this.#form = form;
    const {text, experiment, phase, alerts, clear} = form.elements;
    phase.append(...Object.entries(PHASES).map(([name, [word]]) => e('option', {value: name}, word)));
    text.value = asked('text');
    this.#offer(asked('experiment') ? [asked('experiment')] : []);
    experiment.value = asked('experiment');
    phase.value = PHASES[asked('phase').toUpperCase()] ? asked('phase').toUpperCase() : '';
    alerts.checked = asked('alerts') === 'open';
    const heard = () => {
      this.#said();
      changed();
    };
    // Some tools that fill in forms choose from a list without the first.
    for (const event of ['input', 'change']) form.addEventListener(event, heard);
    form.addEventListener('submit', (event) => event.preventDefault());
    clear.addEventListener('click', () => {
      for (const field of [text, experiment, phase]) field.value = '';
      alerts.checked = false;
      heard();
      text.focus();
    });
    clear.hidden = !this.any;
  }

  /** Whether anything is left out. */
  get any() {
    const {text, experiment, phase, alerts} = this.#form.elements;
    return Boolean(text.value.trim() || experiment.value || phase.value || alerts.checked);
  }

  lets({id, summary}) {
    const {text, experiment, phase, alerts} = this.#form.elements;
    const said = `${summary.name} ${summary.experiment ?? ''} ${id}`.toLowerCase();
    return said.includes(text.value.trim().toLowerCase())
      && (!experiment.value || summary.experiment === experiment.value)
      && (!phase.value || summary.phase === phase.value)
      && (!alerts.checked || summary.openAlerts.length > 0);
  }

  /** The experiments that there are, beside the one that is asked for. */
  offer(runs) {
    const named = [this.#form.elements.experiment.value, ...runs.map(({summary}) => summary.experiment)];
    this.#offer([...new Set(named.filter(Boolean))].sort());
  }

  #offer(names) {
    if (names.join('\n') === this.#experiments) return;
    this.#experiments = names.join('\n');
    const {experiment} = this.#form.elements;
    const before = experiment.value;
    experiment.replaceChildren(e('option', {value: ''}, 'All'), ...names.map((name) => e('option', {value: name}, name)));
    experiment.value = before;
  }

  #said() {
    const {text, experiment, phase, alerts, clear} = this.#form.elements;
    clear.hidden = !this.any;
    remember({
      text: text.value.trim(), experiment: experiment.value, phase: phase.value.toLowerCase(),
      alerts: alerts.checked ? 'open' : '',
    });
  }
}
