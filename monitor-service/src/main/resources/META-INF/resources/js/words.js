// What happened, in sentences.
import {spoken, times} from './numbers.js';

/** What a phase is called, and its tone. */
export const PHASES = {
  QUEUED: ['Queued', 'waiting'],
  PREPARING: ['Preparing', 'running'],
  RUNNING: ['Learning', 'running'],
  PAUSED: ['Paused', 'waiting'],
  EXPORTING: ['Exporting', 'running'],
  SUCCEEDED: ['Done', 'good'],
  FAILED: ['Failed', 'bad'],
  CANCELLED: ['Cancelled', 'waiting'],
};

/** The badge's text and tone. */
export function phase(summary) {
  const kind = summary.outcome?.kind;
  if (kind === 'diverged') return ['Diverged', 'bad'];
  if (summary.phase === 'SUCCEEDED' && kind === 'stoppedEarly') return ['Stopped early', 'good'];
  return PHASES[summary.phase] ?? [summary.phase, 'waiting'];
}

/** Where the run stands and why, in a sentence or two. */
export function standing(summary) {
  const {outcome, lastEpoch, bestEpoch} = summary;
  const restored = bestEpoch ? ` The weights of epoch ${bestEpoch}, its best, were restored.` : '';
  switch (outcome?.kind) {
    case 'stoppedEarly':
      return `Stopped after epoch ${lastEpoch} by ${outcome.rule}: ${stopped(outcome.reason)}${restored}`;
    case 'completed':
      return `Trained all ${lastEpoch} epochs.${restored}`;
    case 'diverged':
      return `Diverged in epoch ${outcome.epoch}: the loss is no finite number any more.${restored}`;
    case 'cancelled':
      return `Cancelled by its owner after epoch ${lastEpoch}.${restored}`;
    case 'failed':
      return `Failed after epoch ${lastEpoch}: ${stopped(outcome.reason)}`;
    case undefined:
      return unfinished(summary);
    default:
      return `Ended after epoch ${lastEpoch}.${restored}`;
  }
}

/** The same in a few words, for a table. */
export function verdict({outcome, phase: at, lastEpoch, bestEpoch, reason}) {
  const restored = bestEpoch ? `, epoch ${bestEpoch} restored` : '';
  switch (outcome?.kind) {
    case 'stoppedEarly': return `Stopped by ${outcome.rule}${restored}`;
    case 'completed': return `Trained to its plan${restored}`;
    case 'diverged': return `Diverged in epoch ${outcome.epoch}${restored}`;
    case 'cancelled': return `Cancelled after epoch ${lastEpoch}`;
    case 'failed': return `Failed: ${outcome.reason}`;
    case undefined: break;
    default: return `Ended${restored}`;
  }
  if (reason) return reason;
  if (at === 'QUEUED') return 'Waits for a free trainer';
  if (lastEpoch === 0) return 'No epoch yet';
  if (bestEpoch === undefined) return 'No finite validation loss yet';
  return lastEpoch === bestEpoch ? 'Best so far' : `No better for ${count(lastEpoch - bestEpoch, 'epoch')}`;
}

function unfinished({phase: at, lastEpoch, bestEpoch, reason}) {
  if (reason) return stopped(reason);
  if (at === 'QUEUED') return 'Waits for a free trainer.';
  if (lastEpoch === 0) return 'No epoch yet.';
  if (bestEpoch === undefined) return 'No validation loss has been a finite number yet.';
  const since = lastEpoch - bestEpoch;
  if (since === 0) return `Epoch ${lastEpoch} is the best so far.`;
  return `The best so far is epoch ${bestEpoch}, ${count(since, 'epoch')} ago.`;
}

export function signal(decision) {
  const {signal: asked} = decision;
  switch (asked.kind) {
    case 'stopTraining': return 'Signal: stop training';
    case 'reduceLearningRate': return `Signal: learning rate ${times(asked.factor)}`;
    case 'strengthenRegularization': return `Signal: ${asked.technique} ${times(asked.factor)}`;
    default: return 'Signal';
  }
}

export function answer(decision) {
  const given = decision.answer;
  switch (given?.kind) {
    case undefined: return 'The trainer has not answered yet.';
    case 'applied': return `The trainer obeyed after epoch ${given.afterEpoch}.`;
    case 'refused': return `The trainer refused: ${stopped(given.reason)}`;
    case 'tooLate': return `Too late: ${stopped(given.reason)}`;
    default: return given.reason ? stopped(given.reason) : 'The trainer answered.';
  }
}

/** Where the losses are no finite numbers: a sentence; empty where they all are. */
export function notFinite(epochs, loss, name) {
  const bad = epochs.filter(({metrics}) => {
    const value = loss(metrics);
    return value !== undefined && !Number.isFinite(value);
  });
  if (bad.length === 0) return '';
  const first = bad[0].epoch;
  const last = bad[bad.length - 1].epoch;
  const at = first === last ? `in epoch ${first}` : `in ${bad.length} epochs, ${first} to ${last}`;
  return `The ${name} is ${spoken(loss(bad[0].metrics))} ${at}.`;
}

export function count(many, noun) {
  return `${many} ${noun}${many === 1 ? '' : 's'}`;
}

/** The text with a full stop at its end. */
export function stopped(text) {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
