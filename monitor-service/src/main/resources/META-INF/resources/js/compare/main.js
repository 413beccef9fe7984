// The comparison page: what is compared stands in the address too, so that it can be handed on.
import {Chart} from '../chart.js';
import {Chooser} from '../chooser.js';
import {element as e, say} from '../dom.js';
import {fetched, follow} from '../feed.js';
import {number, spoken} from '../numbers.js';
import {Runs} from '../runs.js';
import {unitOf} from '../units.js';
import {count, phase} from '../words.js';

const SOONEST = 60; // milliseconds between two looks
const MAX_BETTER = /\/(accuracy|trainingAccuracy|worstRecall)$|^samplesPerSecond$/;
const $ = (id) => document.getElementById(id);

const query = new URLSearchParams(location.search);
let metric = query.get('metric') ?? 'validationLoss';
let frame = 0;
let chart;
$('logarithmic').checked = query.get('scale') === 'logarithmic';
const chooser = new Chooser($('runs'), query.getAll('run'), () => wanted());
const runs = new Runs(fetched, (run) => {
  if (run === undefined) {
    chooser.show(runs.list().filter(({summary}) => summary.lastEpoch > 0), 3);
    wanted();
  } else if (chooser.has(run.id)) later();
});

function later() {
  frame ||= setTimeout(() => requestAnimationFrame(show), SOONEST);
}

async function wanted() {
  await Promise.all(chooser.chosen.map((id) => runs.want(id)));
  later();
}

function show() {
  frame = 0;
  const chosen = chooser.chosen.map((id) => runs.get(id)).filter(Boolean);
  metrics(chosen);
  remember();
  const scale = $('logarithmic').checked ? 'logarithmic' : 'linear';
  const units = [...new Set(chosen.map(({summary}) => unitOf(metric, summary.metrics)))].sort();
  const about = {
    kind: '', title: metric, unit: units.join(' or '), scale,
    label: (id) => (twins(chosen, runs.get(id)) ? id : runs.get(id)?.summary.name ?? id),
  };
  if (chart) chart.describe(about);
  else chart = new Chart($('chart'), about);
  chart.show(side(chosen), chosen.map(({id}) => id));
  const rows = chosen.map(row);
  say($('verdict'), units.length > 1 ? `Their ${metric} is in different units: ${about.unit}.` : verdict(rows));
  $('table').replaceChildren(table(rows, about.unit));
}

/** Whether another run has the same name, so that only ids tell them apart. */
function twins(chosen, run) {
  return chosen.some(({id, summary}) => id !== run?.id && summary.name === run?.summary.name);
}

/** The runs' values side by side, epoch by epoch, each under its run's id. */
function side(chosen) {
  const last = chosen.reduce((most, {summary}) => Math.max(most, summary.lastEpoch), 0);
  return Array.from({length: last}, (_, at) => ({
    epoch: at + 1,
    metrics: Object.fromEntries(chosen.map(({id, epochs}) => [id, epochs.get(at + 1)?.metrics[metric]])),
  }));
}

function row({id, summary, epochs}) {
  const sign = MAX_BETTER.test(metric) ? -1 : 1;
  let best;
  for (const {epoch, metrics: measured} of epochs.values()) {
    const value = number(measured[metric]);
    const better = !best || sign * value < sign * best.value || (value === best.value && epoch < best.epoch);
    if (Number.isFinite(value) && better) best = {epoch, value};
  }
  return {id, summary, best, sign, last: number(summary.metrics[metric])};
}

function extreme() {
  return MAX_BETTER.test(metric) ? 'highest' : 'lowest';
}

function verdict(rows) {
  if (rows.length === 0) return 'Choose a run.';
  const [first] = rows.filter(({best}) => best).sort((a, b) => a.sign * (a.best.value - b.best.value));
  if (!first) return `None of them has a finite ${metric}.`;
  return `The ${extreme()} ${metric} is ${spoken(first.best.value)}: ${first.summary.name}, epoch ${first.best.epoch}.`;
}

function table(rows, unit) {
  const head = ['run', 'state', 'epochs', `${extreme()} (${unit})`, 'in epoch', `last (${unit})`];
  return e('table', {},
    e('caption', {class: 'heard'}, `${metric} of ${count(rows.length, 'run')}`),
    e('thead', {}, e('tr', {}, head.map((name) => e('th', {scope: 'col'}, name)))),
    e('tbody', {}, rows.map(({id, summary, best, last}) => e('tr', {'data-row': id},
      e('th', {scope: 'row'}, e('a', {href: `/run.html?id=${encodeURIComponent(id)}`}, summary.name)),
      [phase(summary)[0], String(summary.lastEpoch), spoken(best?.value), best ? String(best.epoch) : 'none', spoken(last)]
        .map((text) => e('td', {}, text))))));
}

/** What there is to compare: the losses first, then by name. */
function metrics(chosen) {
  const names = [...new Set(['validationLoss', metric, ...chosen.flatMap(({summary}) => Object.keys(summary.metrics))])];
  const rank = (name) => (name === 'validationLoss' ? 0 : /Loss/.test(name) && !name.includes('/') ? 1 : 2);
  names.sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
  if (names.join() !== [...$('metric').options].map(({value}) => value).join()) {
    $('metric').replaceChildren(...names.map((name) => e('option', {value: name}, name)));
  }
  $('metric').value = metric;
}

function remember() {
  const said = new URLSearchParams([['metric', metric],
    ...($('logarithmic').checked ? [['scale', 'logarithmic']] : []), ...chooser.chosen.map((id) => ['run', id])]);
  history.replaceState(null, '', `?${said}`);
}

function connection(state, text) {
  $('connection').dataset.state = state;
  say($('connection'), text);
}

$('metric').addEventListener('change', () => {
  metric = $('metric').value;
  later();
});
$('logarithmic').addEventListener('change', later);
$('ask').addEventListener('submit', (event) => event.preventDefault());
follow({
  async connected() {
    try {
      await runs.refresh();
      await wanted();
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
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => chart?.repaint());
