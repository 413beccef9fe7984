// A run's head: its name, how far it is, where it stands and why; and the figures of the moment.
import {element as e, say} from '../dom.js';
import {difference, gap, lossUnit, number, percent, spoken, trainingLoss, validationLoss} from '../numbers.js';
import {notFinite, phase, standing} from '../words.js';

export function head({id, summary, model}, epochs, $) {
  const [word, tone] = phase(summary);
  document.title = `${summary.name} · Bridle`;
  say($('name'), summary.name);
  say($('badge'), word);
  $('badge').dataset.tone = tone;
  $('where').replaceChildren(...(summary.experiment ? [`${summary.experiment} · `] : []), e('code', {}, id));
  const planned = summary.plannedEpochs;
  say($('trained'), planned ? `epoch ${summary.lastEpoch} of ${planned}` : `epoch ${summary.lastEpoch}`);
  $('bar').hidden = !planned;
  $('bar').max = planned ?? 1;
  $('bar').value = summary.lastEpoch;
  say($('sentence'), [
    standing(summary),
    notFinite(epochs, validationLoss, 'validation loss'),
    notFinite(epochs, trainingLoss, 'training loss'),
  ].filter(Boolean).join(' '));
  $('replay').href = `/replay.html?${new URLSearchParams({rule: 'patience', run: id, patience: 5})}`;
  $('try').hidden = !model;
  if (model) $('try').href = `/playground.html?${new URLSearchParams({model: model.model})}`;
}

export function facts({summary, epochs}, host) {
  const best = epochs.get(summary.bestEpoch)?.metrics;
  const now = summary.metrics;
  const unit = lossUnit(now) === 'nats' ? 'nats' : undefined;
  const known = [
    ['Best epoch', summary.bestEpoch === undefined ? 'none yet' : String(summary.bestEpoch)],
    best && ['Validation loss there', spoken(validationLoss(best)), unit],
    best && ['Gap there', difference(gap(best)), unit],
    summary.lastEpoch > 0 && [summary.outcome ? 'Gap at the end' : 'Gap now', difference(gap(now)), unit],
    ...accuracies(best),
    now.learningRate !== undefined && ['Learning rate', spoken(number(now.learningRate))],
    now.epochSeconds !== undefined && ['Last epoch', spoken(number(now.epochSeconds)), 's'],
    now.samplesPerSecond !== undefined
      && ['Pace', number(now.samplesPerSecond).toFixed(0), 'rows/s'],
  ].filter(Boolean);
  host.replaceChildren(...known.map(([name, value, measure]) =>
    e('div', {}, e('dt', {}, name), e('dd', {}, value, measure ? e('small', {}, ` ${measure}`) : null))));
}

function accuracies(best = {}) {
  return Object.keys(best).filter((name) => name.endsWith('/accuracy'))
    .map((name) => [`Accuracy there, ${name.replace('/accuracy', '')}`, percent(number(best[name]))]);
}
