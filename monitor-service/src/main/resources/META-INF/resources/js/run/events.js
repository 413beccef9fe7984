// What happened to a run, in its order: the policy, alerts and their end, signals and their answers,
// the outcome, the model.
import {element as e} from '../dom.js';
import {number, percent, plain, spoken} from '../numbers.js';
import {answer, count, phase, signal, standing, stopped} from '../words.js';

const ORIGINS = {
  DEFAULT: 'the default',
  EXPERIMENT: 'of its experiment',
  SUBMISSION: 'of its submission',
  OPERATOR: 'said by an operator',
};
const STANDINGS = {
  WAITING: ['waits for an answer', 'waiting'],
  APPLIED: ['applied', 'good'],
  REFUSED: ['refused', 'bad'],
  TOO_LATE: ['too late', 'waiting'],
  UNANSWERED: ['expired without an answer', 'bad'],
};

export function events(run, host) {
  const {summary, alerts, decisions, policy, model} = run;
  const said = [
    {epoch: 0, at: 'start', time: summary.startedAt, tone: 'policy', title: 'First heard of', body: []},
    ...(policy ? [adopted(policy)] : []),
    ...[...alerts.values()].flatMap(alerted),
    ...[...decisions.values()].map(decided),
    ...(summary.outcome ? [ended(summary)] : []),
    ...(model ? [exported(model)] : []),
  ];
  const rank = ({order = 1}) => order;
  said.sort((a, b) => rank(a) - rank(b) || a.epoch - b.epoch || (a.time ?? '').localeCompare(b.time ?? ''));
  host.replaceChildren(...said.map(row));
}

function row({epoch, at, time, tone, title, mark, body}) {
  return e('li', {'data-tone': tone},
    e('p', {class: 'at'}, at ?? `epoch ${epoch}`,
      time ? e('time', {datetime: time}, clock(time)) : null),
    e('div', {},
      e('h3', {}, title, mark ? e('span', {class: 'badge', 'data-tone': mark[1]}, mark[0]) : null),
      body.filter(Boolean).map((text) => e('p', {}, text))));
}

function adopted({origin, fromEpoch, policy, time}) {
  const rules = policy.rules.map(({rule, ...settings}) => {
    const values = Object.entries(settings).filter(([, value]) => typeof value !== 'object');
    return values.length === 0 ? rule : `${rule} (${values.map((pair) => pair.join(' ')).join(', ')})`;
  });
  return {
    epoch: fromEpoch,
    time,
    tone: 'policy',
    title: `Policy, ${ORIGINS[origin] ?? origin}`,
    body: [`Judged by ${rules.join('; ')}.`],
  };
}

function alerted({severity, epoch, rule, message, remedy, evidence, time, resolvedAtEpoch}) {
  const raised = {
    epoch,
    time,
    tone: severity.toLowerCase(),
    title: `Alert: ${rule}`,
    mark: resolvedAtEpoch === undefined ? ['open', 'bad'] : ['resolved', 'good'],
    body: [stopped(message), remedy && stopped(remedy), measured(evidence)],
  };
  if (resolvedAtEpoch === undefined) return [raised];
  return [raised, {
    epoch: resolvedAtEpoch,
    tone: 'model',
    title: `Resolved: ${rule}`,
    body: [`It had held for ${count(resolvedAtEpoch - epoch, 'epoch')}.`],
  }];
}

function decided(made) {
  const {epoch, rule, reason, evidence, time, answeredAt, standing: state} = made;
  return {
    epoch,
    time,
    tone: 'signal',
    title: `${signal(made)}, by ${rule}`,
    mark: STANDINGS[state],
    body: [
      stopped(reason),
      answer(made) + (answeredAt ? ` It answered ${lasted(time, answeredAt)} after the signal.` : ''),
      measured(evidence),
    ],
  };
}

function ended(summary) {
  const [word, tone] = phase(summary);
  return {
    order: 2, epoch: summary.lastEpoch, tone: tone === 'bad' ? 'critical' : 'signal', title: word, body: [standing(summary)],
  };
}

function exported({model, version, bestEpoch, evaluation, time}) {
  const scores = Object.entries(evaluation ?? {}).map(([name, value]) =>
    `${name} ${name.endsWith('/accuracy') ? percent(number(value)) : spoken(number(value))}`);
  return {
    order: 3,
    at: 'end',
    epoch: bestEpoch,
    time,
    tone: 'model',
    title: 'Model exported',
    body: [`${model}, version ${version}, with the weights of epoch ${bestEpoch}.`,
      scores.length > 0 && `On the test split: ${scores.join(', ')}.`],
  };
}

function measured(evidence) {
  const values = Object.entries(evidence ?? {});
  return values.length > 0 && `Evidence: ${values.map(([name, value]) => `${name} ${plain(number(value))}`).join(', ')}.`;
}

function lasted(from, to) {
  const seconds = (Date.parse(to) - Date.parse(from)) / 1000;
  return seconds < 120 ? `${seconds.toFixed(seconds < 10 ? 2 : 0)}\u00a0s` : `${(seconds / 60).toFixed(0)}\u00a0min`;
}

function clock(time) {
  return new Date(time).toLocaleTimeString('en-GB');
}
