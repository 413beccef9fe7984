// What holds a run back, epoch by epoch as the trainer measures it, and every change of it.
import {element as e, say} from '../dom.js';
import {number, spoken} from '../numbers.js';

const KNOB = /^(learningRate|dropout\/.+|.+\/lossWeight)$/;

export function knobs({decisions, model}, epochs, table, said) {
  const names = [...new Set(epochs.flatMap(({metrics}) => Object.keys(metrics)))].filter((name) => KNOB.test(name));
  const head = ['what', 'at first', 'now', 'changes'];
  const asked = [...decisions.values()].filter(({signal}) => signal.kind !== 'stopTraining');
  table.hidden = names.length + asked.length === 0;
  table.replaceChildren(
    e('thead', {}, e('tr', {}, head.map((name) => e('th', {scope: 'col'}, name)))),
    e('tbody', {},
      names.sort().map((name) => row(name, values(epochs, name))),
      asked.map((decision) => e('tr', {},
        e('th', {scope: 'row'}, decision.signal.technique ?? 'learning rate'),
        e('td', {}, ''), e('td', {}, `× ${spoken(number(decision.signal.factor))}`),
        e('td', {}, `asked in epoch ${decision.epoch}, ${answered(decision)}`)))));
  say(said, `${table.hidden ? 'The trainer measures none. ' : ''}Techniques without a metric of their own, such as weight decay, stand in the run's specification${
    model ? ', linked under provenance' : ''}.`);
}

function row(name, known) {
  const changes = known.slice(1).map(([epoch, value]) => `${spoken(value)} from epoch ${epoch}`);
  return e('tr', {'data-knob': name},
    e('th', {scope: 'row'}, name),
    e('td', {}, spoken(known[0][1])),
    e('td', {}, spoken(known[known.length - 1][1])),
    e('td', {}, changes.length === 0 ? 'none' : few(changes)));
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
