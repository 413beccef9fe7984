// What holds a run back, epoch by epoch as the trainer measures it, and every change of it.
import {element as e, say} from '../dom.js';
import {number, spoken, times} from '../numbers.js';

const KNOB = /^(learningRate|dropout\/.+|.+\/lossWeight)$/;

/**
 * @param metrics the names of all that the epochs have, sorted
 * @param spec what the run was submitted with; undefined where that isn't known
 */
export function knobs({decisions}, epochs, metrics, spec, table, said) {
  const named = spec?.regularization ?? [];
  const asked = [...decisions.values()].filter(({signal}) => signal.kind !== 'stopTraining');
  const head = ['what', 'at first', 'now', 'changes'];
  const rows = [
    ...metrics.filter((name) => KNOB.test(name)).map((name) => row(name, values(epochs, name))),
    ...named.map((one) => technique(one, asked)),
    ...asked.map(order),
  ];
  table.hidden = rows.length === 0;
  table.replaceChildren(
    e('thead', {}, e('tr', {}, head.map((name) => e('th', {scope: 'col'}, name)))), e('tbody', {}, rows));
  say(said, unsaid(spec, named));
}

function unsaid(spec, named) {
  if (!spec) return 'Which techniques beside these its trainer applies, it doesn’t tell.';
  return named.length === 0 ? 'Its submission names no technique beside these.' : '';
}

/** One without a metric of its own, as it was submitted; strengthened by the signals that were applied. */
function technique({technique: name, ...settings}, asked) {
  const applied = asked.filter(({signal, answer}) => signal.technique === name && answer?.kind === 'applied');
  const product = applied.reduce((all, {signal}) => all * number(signal.factor), 1);
  return cells({'data-technique': name}, name,
    Object.entries(settings).map(([setting, value]) => `${setting} ${value}`).join(', ') || 'without settings',
    applied.length === 0 ? 'as at first' : times(product),
    applied.map(({signal, answer}) => `${times(number(signal.factor))} after epoch ${answer.afterEpoch}`).join(', ') || 'none');
}

function order(decision) {
  const {signal, epoch} = decision;
  return cells({}, `signal: ${signal.technique ?? 'learning rate'}`, '', times(number(signal.factor)),
    `asked in epoch ${epoch}, ${answered(decision)}`);
}

function cells(properties, name, ...others) {
  return e('tr', properties, e('th', {scope: 'row'}, name), others.map((text) => e('td', {}, text)));
}

function row(name, known) {
  const changes = known.slice(1).map(([epoch, value]) => `${spoken(value)} from epoch ${epoch}`);
  return cells({'data-knob': name}, name,
    spoken(known[0][1]), spoken(known[known.length - 1][1]), changes.length === 0 ? 'none' : few(changes));
}

/** A schedule changes every epoch: its first steps and how many more there are. */
function few(changes) {
  return changes.length <= 4 ? changes.join(', ') : `${changes.slice(0, 3).join(', ')} and ${changes.length - 3} more`;
}

/** [epoch, value] wherever the value is another than before. */
function values(epochs, name) {
  const changes = [];
  for (const {epoch, metrics} of epochs) {
    const value = number(metrics[name]);
    if (value !== undefined && (changes.length === 0 || !Object.is(changes[changes.length - 1][1], value))) {
      changes.push([epoch, value]);
    }
  }
  return changes;
}

function answered({answer}) {
  if (!answer) return 'not answered yet';
  return answer.kind === 'applied' ? `in force after epoch ${answer.afterEpoch}` : `not applied: ${answer.reason}`;
}
