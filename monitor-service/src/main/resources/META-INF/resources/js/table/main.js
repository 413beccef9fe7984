// The first page: every run as a row, live; which rows, and in what order, stands in the address too.
import {say} from '../dom.js';
import {fetched, follow} from '../feed.js';
import {Pace} from '../pace.js';
import {Runs} from '../runs.js';
import {count, phase, signal, standing} from '../words.js';
import {Curves} from './curves.js';
import {Filters} from './filters.js';
import {Order} from './order.js';
import {Table} from './table.js';

const LATEST = 2000; // milliseconds that a row out of sight may be out of date
const LEAST = 2; // milliseconds that are time enough for a row
const PAGE = 100; // rows that are there at once, until more are asked for

const $ = (id) => document.getElementById(id);
const dirty = new Set();
let anew = false;
let shown = PAGE;
let spare = 0;
const pace = new Pace(render);

const runs = new Runs(fetched, (run) => {
  if (run) dirty.add(run.id);
  else anew = true;
  pace.later();
});
const curves = new Curves(fetched, (id) => runs.get(id)?.known, (id) => {
  dirty.add(id);
  pace.later();
});
const again = () => {
  anew = true;
  shown = PAGE;
  pace.now();
};
const filters = new Filters($('filters'), again);
const order = new Order($('table').tHead, again);
const table = new Table($('table'), curves, chosen);

function render() {
  const all = runs.list();
  if (anew || filters.any || order.chosen) arrange(all);
  for (const id of dirty) if (table.sees(id)) show(id);
  if (dirty.size > 0) spare ||= requestIdleCallback(elsewhere, {timeout: LATEST});
  overview(all);
}

/** What is out of sight waits until the page has time for it. */
function elsewhere(time) {
  spare = 0;
  for (const id of dirty) {
    if (!time.didTimeout && time.timeRemaining() < LEAST) break;
    show(id);
  }
  if (dirty.size > 0) spare = requestIdleCallback(elsewhere, {timeout: LATEST});
}

function show(id) {
  dirty.delete(id);
  const run = runs.get(id);
  if (run) table.show(run);
}

function arrange(all) {
  anew = false;
  filters.offer(all);
  const found = order.of(all.filter((run) => filters.lets(run)));
  table.arrange(found.slice(0, shown));
  const more = Math.min(PAGE, found.length - shown);
  $('more').hidden = more <= 0;
  say($('more'), `Show ${more} more of ${found.length}`);
  say($('found'), filters.any ? `${count(found.length, 'run')} of ${all.length} found` : '');
  $('none').hidden = found.length > 0 || all.length === 0;
  $('table').hidden = found.length === 0;
}

function overview(all) {
  const of = (tone) => all.filter((run) => phase(run.summary)[1] === tone).length;
  // One that is being exported still is among those that go on.
  const early = all.filter(({summary}) => phase(summary)[1] !== 'running' && summary.outcome?.kind === 'stoppedEarly').length;
  const parts = [count(all.length, 'run')];
  if (of('running')) parts.push(`${of('running')} at work`);
  if (early) parts.push(`${early} stopped early`);
  if (of('bad')) parts.push(`${of('bad')} failed or diverged`);
  say($('overview'), parts.join(' · '));
  $('known').hidden = all.length === 0;
  $('empty').hidden = all.length > 0;
}

function chosen(ids) {
  $('compare').hidden = ids.length < 2;
  $('compare').href = `/compare.html?${new URLSearchParams(ids.map((id) => ['run', id]))}`;
  say($('compare'), `Compare ${count(ids.length, 'run')}`);
}

function connection(state, text) {
  $('connection').dataset.state = state;
  say($('connection'), text);
}

function announce(kind, {summary, decision, alert}) {
  if (kind === 'decision') say($('announcement'), `${summary.name}: ${signal(decision)}.`);
  if (kind === 'alert') say($('announcement'), `${summary.name}: ${alert.message}`);
  if (kind === 'run' && summary.outcome) {
    say($('announcement'), `${summary.name}: ${standing(summary)}`);
  }
}

$('more').addEventListener('click', () => {
  shown += PAGE;
  anew = true;
  pace.now();
});
follow({
  async connected() {
    try {
      await runs.refresh();
      curves.refresh();
      connection('live', 'Live');
      pace.later();
    } catch (error) {
      console.warn(error);
      connection('away', 'The monitor answers with an error, trying again…');
      setTimeout(() => this.connected(), 2000);
    }
  },
  changed(kind, update) {
    if (kind === 'forgotten') {
      runs.forget(update);
      curves.forget(update.run);
    } else {
      runs.apply(update);
      curves.apply(kind, update);
    }
    announce(kind, update);
  },
  away() {
    runs.away();
    connection('away', 'Monitor out of reach, trying again…');
  },
});
