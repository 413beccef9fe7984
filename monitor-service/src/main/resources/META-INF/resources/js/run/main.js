// One run's page: asks for the run in the address, and keeps everything that it shows live.
import {say} from '../dom.js';
import {fetched, follow} from '../feed.js';
import {Pace} from '../pace.js';
import {Runs} from '../runs.js';
import {Charts} from './charts.js';
import {Curves} from './curves.js';
import {events} from './events.js';
import {facts, head} from './head.js';
import {knobs} from './knobs.js';
import {Names} from './names.js';
import {origin} from './origin.js';
import {ownerButtons} from './owner.js';
import {specOf} from './spec.js';
import {stopButton} from './stop.js';

const $ = (id) => document.getElementById(id);
const id = new URLSearchParams(location.search).get('id') ?? '';
const curves = new Curves($);
const charts = new Charts($('charts'), $('charts-said'));
const stop = stopButton($, id);
const owner = ownerButtons($, id);
const names = new Names();
const pace = new Pace(show);
let spec;
let asked = false;

const runs = new Runs(fetched, (run) => {
  if (run === undefined || run.id === id) pace.later();
});

function show() {
  const run = runs.get(id);
  $('known').hidden = !run;
  $('missing').hidden = Boolean(run);
  say($('missing-said'), id
    ? `The monitor knows no run ${id}: it may have been forgotten since.`
    : 'The address names no run: it should end in ?id= and a run’s id.');
  if (!run) return;
  const epochs = [...run.epochs.values()].sort((a, b) => a.epoch - b.epoch);
  head(run, epochs, $);
  facts(run, $('facts'));
  stop(run.summary);
  owner(run.summary);
  curves.show(run, epochs);
  events(run, $('events'));
  const metrics = names.of(epochs);
  knobs(run, epochs, metrics, spec, $('knobs'), $('knobs-said'));
  charts.show(epochs, metrics);
  origin(run, $('origin'));
  submitted();
}

/** Asked for once, when it is known that there is such a run. */
async function submitted() {
  if (asked) return;
  asked = true;
  try {
    spec = await specOf(id);
    pace.later();
  } catch (problem) {
    console.warn(problem);
  }
}

function connection(state, text) {
  $('connection').dataset.state = state;
  say($('connection'), text);
}

$('json').href = `/v1/runs/${encodeURIComponent(id)}`;
follow({
  async connected() {
    try {
      await runs.refresh();
      await runs.want(id);
      connection('live', 'Live');
    } catch (error) {
      console.warn(error);
      connection('away', 'The monitor answers with an error, trying again…');
      setTimeout(() => this.connected(), 2000);
    }
  },
  changed(kind, update) {
    if (kind === 'forgotten') return runs.forget(update);
    runs.apply(update);
    // One that was unknown when the page was opened.
    if (update.run === id) runs.want(id);
  },
  away() {
    runs.away();
    connection('away', 'Monitor out of reach, trying again…');
  },
});

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
  curves.repaint();
  charts.repaint();
});
