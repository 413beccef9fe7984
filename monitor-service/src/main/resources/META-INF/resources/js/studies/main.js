// The studies: asked of the trainer, and asked again when one of their runs tells something new.
import {say} from '../dom.js';
import {follow} from '../feed.js';
import {ask} from '../neighbors.js';
import {list} from './list.js';
import {startForm} from './start.js';
import {study} from './study.js';

const SOON = 1000; // milliseconds from a run's news to the next look
const ANYWAY = 5000; // to the next look at a study that goes on, whatever is heard

const $ = (id) => document.getElementById(id);
let known = [];
let timer = 0;

function chosen() {
  const id = new URLSearchParams(location.search).get('study');
  return id ? known.find((one) => one.study === id) : known[0];
}

function choose(id) {
  history.replaceState(null, '', `?${new URLSearchParams({study: id})}`);
  show();
  $('study').scrollIntoView({block: 'nearest'});
}

function later(wait) {
  timer ||= setTimeout(look, wait);
}

async function look() {
  timer = 0;
  try {
    known = (await ask('/trainer/v1/studies')).studies;
    say($('trouble'), '');
  } catch (problem) {
    say($('trouble'), problem.message);
    later(ANYWAY);
  }
  show();
  if (known.some(({phase}) => phase === 'RUNNING')) later(ANYWAY);
}

function show() {
  const one = chosen();
  list(known, one?.study, $('list'), choose);
  $('none').hidden = known.length > 0;
  $('study').hidden = !one;
  if (one) study(one, $);
}

function connection(state, text) {
  $('connection').dataset.state = state;
  say($('connection'), text);
}

async function cancel() {
  try {
    await ask(`/trainer/v1/studies/${encodeURIComponent(chosen().study)}/cancel`, {method: 'POST'});
    say($('cancel-said'), '');
    clearTimeout(timer);
    await look();
  } catch (problem) {
    say($('cancel-said'), `The trainer refused: ${problem.message}`);
  }
}

$('cancel').addEventListener('click', () => $('sure').showModal());
$('sure').addEventListener('close', () => {
  if ($('sure').returnValue === 'cancel') cancel();
  $('sure').returnValue = '';
});
startForm($, async (started) => {
  clearTimeout(timer);
  await look();
  choose(started);
});
follow({
  connected() {
    connection('live', 'Live');
    later(0);
  },
  changed(kind, {summary}) {
    // A study's runs have it as their experiment.
    if (known.some((one) => one.study === summary.experiment)) {
      clearTimeout(timer);
      timer = 0;
      later(SOON);
    }
  },
  away() {
    connection('away', 'Monitor out of reach, trying again…');
  },
});
