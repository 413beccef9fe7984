// One run, as a card: the head, a sentence, the curves, the facts, what the monitor said.
import {element as e, say} from './dom.js';
import {notes} from './notes.js';
import {difference, gap, lossUnit, number, percent, spoken, trainingLoss, validationLoss} from './numbers.js';
import {Plot} from './plot.js';
import {notFinite, phase, standing} from './words.js';

export class Card {
  visible = false;
  #run;
  #plot;
  #hovered;
  #parts;

  constructor(id) {
    this.id = id;
    const p = this.#parts = {
      title: e('h2', {id: `title-${id}`}, e('a', {href: `/run.html?id=${encodeURIComponent(id)}`})),
      badge: e('span', {class: 'badge'}),
      where: e('p', {class: 'where'}),
      bar: e('progress', {'aria-label': 'epochs trained'}),
      trained: e('span'),
      sentence: e('p', {class: 'sentence'}),
      key: e('ul', {class: 'key', 'aria-hidden': 'true'}),
      plot: e('div', {class: 'plot', role: 'img'}),
      facts: e('dl', {class: 'facts'}),
      notes: e('ol', {class: 'notes', 'aria-label': 'What the monitor said'}),
      details: e('details', {}, e('summary', {}, 'Every epoch as a table')),
    };
    p.progress = e('div', {class: 'progress'}, p.bar, p.trained);
    p.details.addEventListener('toggle', () => this.#table());
    this.node = e('article', {class: 'card', 'aria-labelledby': p.title.id, 'data-run': id},
      e('header', {}, p.title, p.badge, p.where, p.progress),
      p.sentence,
      e('div', {class: 'body'},
        e('figure', {}, p.key, p.plot),
        p.facts),
      p.notes,
      p.details);
  }

  show(run) {
    this.#run = run;
    const {summary} = run;
    const p = this.#parts;
    const [word, tone] = phase(summary);
    say(p.title.firstChild, summary.name);
    say(p.badge, word);
    p.badge.dataset.tone = tone;
    p.where.replaceChildren(
      ...(summary.experiment ? [`${summary.experiment} · `] : []),
      e('code', {}, summary.run),
      ...(summary.attempt > 1 ? [` · attempt ${summary.attempt}`] : []));
    const planned = summary.plannedEpochs;
    say(p.trained, planned ? `epoch ${summary.lastEpoch} of ${planned}` : `epoch ${summary.lastEpoch}`);
    p.bar.hidden = !planned;
    p.bar.max = planned ?? 1;
    p.bar.value = summary.lastEpoch;
    say(p.sentence, [standing(summary), ...this.#troubles()].join(' '));
    this.#facts();
    p.notes.replaceChildren(...notes(run));
    this.#curves();
    if (p.details.open) this.#table();
  }

  repaint() {
    this.#plot?.repaint();
  }

  remove() {
    this.#plot?.destroy();
    this.node.remove();
  }

  #epochs() {
    return [...this.#run.epochs.values()].sort((a, b) => a.epoch - b.epoch);
  }

  #troubles() {
    const epochs = this.#epochs();
    return [
      notFinite(epochs, validationLoss, 'validation loss'),
      notFinite(epochs, trainingLoss, 'training loss'),
    ].filter(Boolean);
  }

  #curves() {
    const epochs = this.#epochs();
    const {summary, alerts} = this.#run;
    const p = this.#parts;
    p.plot.setAttribute('aria-label', this.#described(epochs));
    this.#key();
    if (!this.visible || (epochs.length === 0 && !this.#plot)) return;
    this.#plot ??= new Plot(p.plot, (index) => {
      this.#hovered = index;
      this.#key();
    });
    const kind = summary.outcome?.kind;
    this.#plot.show({
      epochs,
      alerts: [...alerts.values()],
      bestEpoch: summary.bestEpoch,
      stoppedEpoch: kind && kind !== 'completed' ? summary.lastEpoch : undefined,
      stopLabel: kind === 'diverged' ? 'diverged' : kind === 'cancelled' ? 'cancelled' : 'stopped',
      plannedEpochs: summary.plannedEpochs,
      ended: kind !== undefined,
    });
  }

  #key() {
    const epochs = this.#epochs();
    const shown = epochs[this.#hovered] ?? epochs[epochs.length - 1];
    if (!shown) {
      this.#parts.key.replaceChildren();
      return;
    }
    const {metrics} = shown;
    const clean = metrics.trainingLossClean !== undefined;
    const item = (kind, swatch, name, value) =>
      e('li', {class: kind, style: swatch && `--swatch: var(${swatch})`}, `${name} `, e('b', {}, value));
    this.#parts.key.replaceChildren(
      item('is-epoch', '', 'epoch', String(shown.epoch)),
      item('', '--training', clean ? 'training loss, clean' : 'training loss', spoken(trainingLoss(metrics))),
      item('', '--validation', 'validation loss', spoken(validationLoss(metrics))),
      item('is-gap', '', 'gap', difference(gap(metrics))));
  }

  #facts() {
    const {summary, epochs} = this.#run;
    const best = epochs.get(summary.bestEpoch)?.metrics;
    const fact = (name, value, more) =>
      e('div', {}, e('dt', {}, name), e('dd', {}, value, more ? e('small', {}, ` ${more}`) : null));
    const facts = [];
    const unit = lossUnit(summary.metrics) === 'nats' ? 'nats' : '';
    if (best) {
      facts.push(fact('Best validation loss', spoken(validationLoss(best)), unit));
      const accuracy = Object.keys(best).find((name) => name.endsWith('/accuracy'));
      if (accuracy) facts.push(fact('Validation accuracy at best', percent(number(best[accuracy]))));
      facts.push(fact('Gap at best', difference(gap(best)), unit));
    }
    if (summary.lastEpoch > 0) {
      facts.push(fact(summary.outcome ? 'Gap at the end' : 'Gap now', difference(gap(summary.metrics)), unit));
    }
    this.#parts.facts.replaceChildren(...facts);
  }

  #described(epochs) {
    if (epochs.length === 0) return 'Learning curves: no epoch yet';
    const last = epochs[epochs.length - 1];
    const {bestEpoch} = this.#run.summary;
    return `Learning curves of ${epochs.length} epochs. `
      + (bestEpoch ? `Lowest validation loss in epoch ${bestEpoch}. ` : '')
      + `In epoch ${last.epoch} the training loss is ${spoken(trainingLoss(last.metrics))}, `
      + `the validation loss ${spoken(validationLoss(last.metrics))}.`;
  }

  #table() {
    const p = this.#parts;
    p.table?.remove();
    if (!p.details.open) return;
    const head = ['epoch', 'training loss', 'validation loss', 'gap'];
    p.table = e('div', {class: 'table', tabindex: '0', role: 'region', 'aria-label': 'Epochs'},
      e('table', {},
        e('thead', {}, e('tr', {}, head.map((name) => e('th', {scope: 'col'}, name)))),
        e('tbody', {}, this.#epochs().map(({epoch, metrics}) => e('tr', {},
          [String(epoch), spoken(trainingLoss(metrics)), spoken(validationLoss(metrics)), difference(gap(metrics))]
            .map((text) => e('td', {}, text)))))));
    p.details.append(p.table);
  }
}
