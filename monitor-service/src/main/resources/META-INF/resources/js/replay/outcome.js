// What a replay found: in a sentence, in sums, run by run in a table and on each run's curves.
import {element as e, say} from '../dom.js';
import {spoken, trainingLoss, validationLoss} from '../numbers.js';
import {Plot} from '../plot.js';
import {count, stopped} from '../words.js';

const PLOTS = 12; // of more runs the table alone is shown: nobody compares more curves

export class Outcome {
  #places;
  #curves = new Map();

  /** @param places {verdict, sums, table, curves}: elements to fill */
  constructor(places) {
    this.#places = places;
  }

  /**
   * @param report as POST /v1/replay answers
   * @param runs the runs of it, by id, as the page knows them
   */
  show(report, runs) {
    say(this.#places.verdict, verdict(report));
    this.#places.sums.replaceChildren(...sums(report));
    this.#places.table.replaceChildren(table(report));
    const shown = report.runs.slice(0, PLOTS);
    const ids = new Set(shown.map(({run}) => run));
    for (const [id, curve] of this.#curves) {
      if (ids.has(id)) continue;
      curve.plot.destroy();
      curve.node.remove();
      this.#curves.delete(id);
    }
    for (const row of shown) this.#curve(row, runs.get(row.run));
  }

  /** Nothing to show, and why. */
  clear(why) {
    say(this.#places.verdict, why);
    this.#places.sums.replaceChildren();
    this.#places.table.replaceChildren();
    this.#curves.forEach(({plot, node}) => {
      plot.destroy();
      node.remove();
    });
    this.#curves.clear();
  }

  repaint() {
    this.#curves.forEach(({plot}) => plot.repaint());
  }

  #curve(row, run) {
    let curve = this.#curves.get(row.run);
    if (!curve) {
      const host = e('div', {class: 'plot', role: 'img'});
      const sentence = e('p', {class: 'sentence'});
      const node = e('article', {class: 'card', 'data-run': row.run},
        e('h2', {}, e('a', {href: `/run.html?id=${encodeURIComponent(row.run)}`}, row.name)),
        e('p', {class: 'where'}, e('code', {}, row.run)),
        sentence, host);
      this.#places.curves.append(node);
      curve = {node, sentence, host, plot: new Plot(host, () => {})};
      this.#curves.set(row.run, curve);
    }
    say(curve.sentence, said(row));
    if (!run) return;
    const epochs = [...run.epochs.values()].sort((a, b) => a.epoch - b.epoch);
    curve.host.setAttribute('aria-label',
      `Training and validation loss of ${count(epochs.length, 'epoch')}. ${said(row)}`);
    curve.plot.show({
      epochs,
      alerts: [],
      bestEpoch: row.bestEpoch,
      wouldStop: row.stopEpoch,
      kept: row.stopEpoch && keptOf(epochs, row.stopEpoch),
      ended: true,
    });
  }
}

/** The epoch whose weights a stop there would have restored. */
function keptOf(epochs, stopEpoch) {
  let best;
  for (const {epoch, metrics} of epochs) {
    const loss = validationLoss(metrics) ?? trainingLoss(metrics);
    if (epoch <= stopEpoch && Number.isFinite(loss) && !(best?.loss <= loss)) best = {epoch, loss};
  }
  return best?.epoch;
}

function verdict({runs, stopped: stops, epochs, epochsSaved}) {
  if (stops === 0) return runs.length === 1 ? 'It would not have stopped the run.' : 'It would have stopped none of them.';
  const share = epochs === 0 ? 0 : Math.round((100 * epochsSaved) / epochs);
  return `It would have stopped ${runs.length === 1 ? 'the run' : `${stops} of ${count(runs.length, 'run')}`}`
    + ` and saved ${epochsSaved} of ${count(epochs, 'epoch')} (${share}\u00a0%).`;
}

function said(row) {
  if (row.stopEpoch === undefined) return `Would not have stopped within ${count(row.lastEpoch, 'epoch')}.`;
  const cost = row.bestMissed
    ? `It would have missed the best epoch, ${row.bestEpoch}: regret ${spoken(row.regret)}.`
    : 'Nothing is lost: the best epoch comes before.';
  return `Would have stopped after epoch ${row.stopEpoch} of ${row.lastEpoch}. ${cost} ${stopped(row.reason)}`;
}

function sums({runs, stopped: stops, epochsSaved, bestMissed, meanRegret, metric}) {
  const fact = (name, value, more) => e('div', {'data-sum': name}, e('dt', {}, name), e('dd', {}, value, e('small', {}, ` ${more}`)));
  return [
    fact('Stopped', String(stops), `of ${count(runs.length, 'run')}`),
    fact('Saved', String(epochsSaved), epochsSaved === 1 ? 'epoch' : 'epochs'),
    fact('Best epoch missed', String(bestMissed), bestMissed === 1 ? 'time' : 'times'),
    fact('Mean regret', spoken(meanRegret), `in ${metric}`),
  ];
}

function table({runs, metric}) {
  const head = ['run', 'epochs', 'stop after', 'saved', 'best epoch', 'kept', `regret (${metric})`];
  return e('table', {},
    e('caption', {class: 'heard'}, 'What the rule would have done, run by run'),
    e('thead', {}, e('tr', {}, head.map((name) => e('th', {scope: 'col'}, name)))),
    e('tbody', {}, runs.map((row) => e('tr', {'data-row': row.run},
      e('th', {scope: 'row'}, row.name),
      [
        String(row.lastEpoch),
        row.stopEpoch === undefined ? 'no stop' : String(row.stopEpoch),
        String(row.epochsSaved),
        row.bestEpoch === undefined ? 'none' : String(row.bestEpoch),
        row.bestMissed ? 'missed' : 'yes',
        spoken(row.regret),
      ].map((text) => e('td', {}, text))))));
}
