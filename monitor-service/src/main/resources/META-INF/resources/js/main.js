import {Card} from './card.js';
import {say} from './dom.js';
import {fetched, follow} from './feed.js';
import {Runs} from './runs.js';
import {count, phase, signal, standing} from './words.js';

const $ = (id) => document.getElementById(id);
const cards = new Map();
const dirty = new Set();
let arrangement = false;
let frame = 0;

const runs = new Runs(fetched, (run) => {
  if (run) dirty.add(run.id);
  else arrangement = true;
  // Not requestAnimationFrame alone: a page in the background gets no frames and would pile up.
  frame ||= setTimeout(() => requestAnimationFrame(render), 60);
});

const seen = new IntersectionObserver(
  (entries) => {
    for (const {target, isIntersecting} of entries) {
      const card = cards.get(target.dataset.run);
      if (!card) continue;
      card.visible = isIntersecting;
      if (isIntersecting) {
        runs.want(card.id);
        card.show(runs.get(card.id));
      }
    }
  },
  {rootMargin: '400px 0px'});

function render() {
  frame = 0;
  if (arrangement) arrange();
  for (const id of dirty) {
    const run = runs.get(id);
    if (run) cards.get(id)?.show(run);
  }
  dirty.clear();
  overview();
}

function arrange() {
  arrangement = false;
  const list = runs.list();
  const ids = new Set(list.map((run) => run.id));
  for (const [id, card] of cards) {
    if (ids.has(id)) continue;
    seen.unobserve(card.node);
    card.remove();
    cards.delete(id);
  }
  list.forEach((run, at) => {
    let card = cards.get(run.id);
    if (!card) {
      card = new Card(run.id);
      cards.set(run.id, card);
      card.show(run);
    }
    const there = $('cards').children[at];
    if (there !== card.node) $('cards').insertBefore(card.node, there ?? null);
    seen.observe(card.node);
  });
}

function overview() {
  const list = runs.list();
  const of = (tone) => list.filter((run) => phase(run.summary)[1] === tone).length;
  const early = list.filter((run) => run.summary.outcome?.kind === 'stoppedEarly').length;
  const parts = [count(list.length, 'run')];
  if (of('running')) parts.push(`${of('running')} learning`);
  if (early) parts.push(`${early} stopped early`);
  if (of('bad')) parts.push(`${of('bad')} failed or diverged`);
  say($('overview'), parts.join(' · '));
  $('overview').hidden = list.length === 0;
  $('empty').hidden = list.length > 0;
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

follow({
  async connected() {
    try {
      await runs.refresh();
      connection('live', 'Live');
      frame ||= setTimeout(() => requestAnimationFrame(render), 0);
    } catch (error) {
      console.warn(error);
      connection('away', 'The monitor answers with an error, trying again…');
      setTimeout(() => this.connected(), 2000);
    }
  },
  changed(kind, update) {
    if (kind === 'forgotten') runs.forget(update);
    else runs.apply(update);
    announce(kind, update);
  },
  away() {
    connection('away', 'Monitor out of reach, trying again…');
  },
});

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
  cards.forEach((card) => card.repaint());
});
