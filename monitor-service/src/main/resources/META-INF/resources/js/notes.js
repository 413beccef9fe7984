// What the monitor said of a run, by epoch: its policy, alerts with their remedies, signals with
// their answers.
import {element as e} from './dom.js';
import {percent, number} from './numbers.js';
import {answer, signal, stopped} from './words.js';

const SEVERITIES = {INFO: 'Note', WARNING: 'Warning', CRITICAL: 'Critical'};

const ORIGINS = {
  DEFAULT: 'the default',
  EXPERIMENT: 'of its experiment',
  SUBMISSION: 'of its submission',
  OPERATOR: 'said by an operator',
};

export function notes({alerts, decisions, model, policy}) {
  const said = [
    ...(policy ? [{at: policy.fromEpoch, order: -1, node: policyNote(policy)}] : []),
    ...[...alerts.values()].map((alert) => ({at: alert.epoch, order: 0, node: alertNote(alert)})),
    ...[...decisions.values()].map((made) => ({at: made.epoch, order: 1, node: signalNote(made)})),
  ];
  said.sort((a, b) => a.at - b.at || a.order - b.order);
  const nodes = said.map(({node}) => node);
  if (model) nodes.push(modelNote(model));
  return nodes;
}

function policyNote({origin, fromEpoch, policy}) {
  const rules = policy.rules.map(({rule}) => rule).join(', ');
  return e('li', {'data-tone': 'policy'},
    e('h3', {}, 'Policy ', e('span', {}, `· from epoch ${fromEpoch} · ${ORIGINS[origin] ?? origin}`)),
    e('p', {}, `Judged by ${rules}.`));
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
