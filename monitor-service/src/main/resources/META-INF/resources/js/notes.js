// What the monitor said of a run, by epoch: alerts with their remedies, signals with their answers.
import {element as e} from './dom.js';
import {percent, number} from './numbers.js';
import {answer, signal, stopped} from './words.js';

const SEVERITIES = {INFO: 'Note', WARNING: 'Warning', CRITICAL: 'Critical'};

export function notes({alerts, decisions, model}) {
  const said = [
    ...[...alerts.values()].map((alert) => ({at: alert.epoch, order: 0, node: alertNote(alert)})),
    ...[...decisions.values()].map((made) => ({at: made.epoch, order: 1, node: signalNote(made)})),
  ];
  said.sort((a, b) => a.at - b.at || a.order - b.order);
  const nodes = said.map(({node}) => node);
  if (model) nodes.push(modelNote(model));
  return nodes;
}

function alertNote({severity, epoch, rule, message, remedy, resolvedAtEpoch}) {
  const resolved = resolvedAtEpoch !== undefined;
  return e('li', {'data-tone': severity.toLowerCase(), class: resolved ? 'is-resolved' : undefined},
    e('h3', {}, `${SEVERITIES[severity] ?? severity} `, e('span', {}, `· epoch ${epoch} · ${rule}`)),
    e('p', {}, stopped(message)),
    remedy ? e('p', {class: 'remedy'}, stopped(remedy)) : null,
    resolved ? e('p', {class: 'remedy'}, `Resolved at epoch ${resolvedAtEpoch}.`) : null);
}

function signalNote(decision) {
  return e('li', {'data-tone': 'signal'},
    e('h3', {}, `${signal(decision)} `, e('span', {}, `· epoch ${decision.epoch} · ${decision.rule}`)),
    e('p', {}, stopped(decision.reason)),
    e('p', {class: 'remedy'}, answer(decision)));
}

function modelNote({model, version, bestEpoch, evaluation}) {
  const accuracy = Object.keys(evaluation ?? {}).find((name) => name.endsWith('/accuracy'));
  return e('li', {'data-tone': 'model'},
    e('h3', {}, 'Model exported ', e('span', {}, `· weights of epoch ${bestEpoch}`)),
    e('p', {}, `${model}, version ${version}`,
      accuracy ? `: accuracy ${percent(number(evaluation[accuracy]))} on the test split.` : '.'));
}
