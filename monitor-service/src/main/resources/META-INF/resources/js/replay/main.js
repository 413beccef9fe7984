// The replay page: what is asked stands in the address too, so that it can be handed on.
import {Chooser} from '../chooser.js';
import {element as e, say} from '../dom.js';
import {fetched, follow} from '../feed.js';
import {validationLoss} from '../numbers.js';
import {Runs} from '../runs.js';
import {Outcome} from './outcome.js';
import {Settings} from './settings.js';

const DEBOUNCE = 120; // milliseconds: a dragged slider asks about eight times a second at most
const $ = (id) => document.getElementById(id);

let rules = [];
let timer = 0;
let asked = 0;
const settings = new Settings(() => later());
const outcome = new Outcome(
  {verdict: $('verdict'), sums: $('sums'), table: $('table'), curves: $('curves')});
const chooser = new Chooser(
  $('runs'), new URLSearchParams(location.search).getAll('run'), () => wanted());
const runs = new Runs(fetched, (run) => {
  if (run === undefined) {
    chooser.show(runs.list().filter(({summary}) => summary.lastEpoch > 0), 3);
    wanted();
  } else if (chooser.has(run.id)) later();
});

function rule() {
  return rules.find((known) => known.rule === $('rule').value);
}

async function wanted() {
  await Promise.all(chooser.chosen.map((id) => runs.want(id)));
  later();
}

/** How long the chosen runs are and how far their losses reach, for the sliders. */
function scale() {
  const views = chooser.chosen.map((id) => runs.get(id)).filter(Boolean);
  const losses = views.flatMap((run) => [...run.epochs.values()].map(({metrics}) => validationLoss(metrics)))
    .filter(Number.isFinite);
  const span = losses.reduce((most, loss) => Math.max(most, loss), -Infinity)
    - losses.reduce((least, loss) => Math.min(least, loss), Infinity);
  return {
    epochs: Math.max(30, ...views.map((run) => run.summary.lastEpoch)),
    loss: Number.isFinite(span) && span > 0 ? span : 1,
    metrics: [...new Set(views.flatMap((run) => Object.keys(run.summary.metrics)))].sort(),
  };
}

/** The fields of the rule that is chosen, with what is said of them already. */
function fields(values) {
  say($('rule-said'), rule().stops
    ? rule().description
    : `${rule().description} Here it stops the run instead.`);
  const {main, more} = settings.of(rule(), values, scale());
  $('settings').replaceChildren(...main);
  $('more-settings').replaceChildren(...more);
  $('more').hidden = more.length === 0;
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(replay, DEBOUNCE);
}

async function replay() {
  if (!rule()) return;
  const number = ++asked;
  const said = settings.values();
  remember(said);
  fault('runs', chooser.chosen.length === 0 ? 'Choose at least one run.' : '');
  if (chooser.chosen.length === 0) return outcome.clear('Choose a run.');
  $('outcome').setAttribute('aria-busy', 'true');
  try {
    const response = await fetch('/v1/replay', {
      method: 'POST',
      headers: {'content-type': 'application/json', accept: 'application/json'},
      body: JSON.stringify({
        policy: {rules: [{rule: rule().rule, ...said, ...(!rule().stops && {action: 'stop'})}]},
        runs: chooser.chosen,
      }),
    });
    const answer = await response.json();
    if (number === asked) answered(response.ok, answer);
  } catch (error) {
    if (number === asked) fault('rule', `The monitor gave no answer: ${error.message}`);
  } finally {
    if (number === asked) $('outcome').setAttribute('aria-busy', 'false');
  }
}

function answered(ok, answer) {
  const others = settings.faults(ok ? [] : answer.errors ?? []);
  const elsewhere = ok || (answer.errors?.length > 0 && others.length === 0) ? '' : answer.detail;
  fault('rule', elsewhere);
  if (ok) outcome.show(answer, new Map(chooser.chosen.map((id) => [id, runs.get(id)])));
  else outcome.clear('The monitor could not replay this.');
}

function fault(at, message) {
  const place = $(`${at}-error`);
  place.hidden = !message;
  say(place, message);
}

function remember(said) {
  const query = new URLSearchParams([['rule', rule().rule],
    ...chooser.chosen.map((id) => ['run', id]), ...Object.entries(said)]);
  history.replaceState(null, '', `?${query}`);
}

/** What the address says of the settings; numbers stay text, which the fields read anyway. */
function remembered() {
  return Object.fromEntries(
    [...new URLSearchParams(location.search)].filter(([name]) => name !== 'rule' && name !== 'run'));
}

async function start() {
  const query = new URLSearchParams(location.search);
  ({rules} = await fetched('/v1/rules'));
  const group = (label, some) => e('optgroup', {label}, some.map(({rule: name}) => e('option', {value: name}, name)));
  // Whoever reads a run's silence can't find any in what is stored.
  const stops = rules.filter((known) => known.stops);
  const others = rules.filter((known) => !known.stops && known.rule !== 'stalledRun');
  $('rule').append(group('Rules that stop', stops), group('Others, told to stop', others));
  const first = rules.find((known) => known.rule === query.get('rule')) ?? stops[0];
  $('rule').value = first.rule;
  fields(query.has('rule') ? remembered() : {patience: 5, minDelta: 0});
  $('rule').addEventListener('change', () => {
    fields({});
    later();
  });
  $('ask').addEventListener('submit', (event) => event.preventDefault());
  let scaled = false;
  follow({
    async connected() {
      try {
        await runs.refresh();
        await wanted();
        // Only now it is known how long the runs are.
        if (!scaled) fields(settings.values());
        scaled = true;
        connection('live', 'Live');
      } catch (error) {
        console.warn(error);
        connection('away', 'The monitor answers with an error, trying again…');
        setTimeout(() => this.connected(), 2000);
      }
    },
    changed(kind, update) {
      if (kind === 'forgotten') runs.forget(update);
      else runs.apply(update);
    },
    away() {
      runs.away();
      connection('away', 'Monitor out of reach, trying again…');
    },
  });
}

function connection(state, text) {
  $('connection').dataset.state = state;
  say($('connection'), text);
}

start().catch((error) => fault('rule', `The rules can't be had: ${error.message}`));
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => outcome.repaint());
