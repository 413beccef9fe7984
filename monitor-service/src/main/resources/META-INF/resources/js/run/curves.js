// A run's learning curves, as the reader wants them: smoothed, on a log scale.
import {element as e, say} from '../dom.js';
import {difference, gap, spoken, trainingLoss, validationLoss} from '../numbers.js';
import {Plot} from '../plot.js';
import {count} from '../words.js';

const STOPS = {diverged: 'diverged', cancelled: 'cancelled'};

export class Curves {
  #$;
  #plot;
  #run;
  #epochs = [];
  #hovered;

  constructor($) {
    this.#$ = $;
    for (const choice of ['smoothed', 'logarithmic', 'from-epoch', 'to-epoch']) {
      $(choice).addEventListener('change', () => this.show(this.#run, this.#epochs));
    }
    $('all-epochs').addEventListener('click', () => this.#look());
  }

  show(run, epochs) {
    if (!run) return;
    this.#run = run;
    this.#epochs = epochs;
    const {summary, alerts} = run;
    const kind = summary.outcome?.kind;
    const $ = this.#$;
    $('curves').setAttribute('aria-label', this.#described());
    this.#key();
    this.#unseen();
    if (epochs.length === 0) return;
    this.#plot ??= new Plot($('curves'), (index) => {
      this.#hovered = index;
      this.#key();
    }, (from, to) => this.#look(from, to));
    const from = said($('from-epoch'));
    const to = said($('to-epoch'));
    this.#plot.show({
      epochs,
      alerts: [...alerts.values()],
      bestEpoch: summary.bestEpoch,
      stoppedEpoch: kind && kind !== 'completed' ? summary.lastEpoch : undefined,
      stopLabel: STOPS[kind] ?? 'stopped',
      plannedEpochs: summary.plannedEpochs,
      ended: kind !== undefined,
      smoothed: $('smoothed').checked,
      scale: $('logarithmic').checked ? 'logarithmic' : 'linear',
      from, to,
    });
    $('curves').dataset.from = from ?? 1;
    $('all-epochs').hidden = from === undefined && to === undefined;
  }

  /** At a stretch of epochs; without one at all of them. */
  #look(from = '', to = '') {
    this.#$('from-epoch').value = from;
    this.#$('to-epoch').value = to;
    this.show(this.#run, this.#epochs);
  }

  repaint() {
    this.#plot?.repaint();
  }

  #key() {
    const shown = this.#epochs[this.#hovered] ?? this.#epochs[this.#epochs.length - 1];
    if (!shown) return;
    const {epoch, metrics} = shown;
    const item = (kind, swatch, name, value) =>
      e('li', {class: kind, style: swatch && `--swatch: var(${swatch})`}, `${name} `, e('b', {}, value));
    this.#$('curves-key').replaceChildren(
      item('is-epoch', '', 'epoch', String(epoch)),
      item('', '--training', metrics.trainingLossClean === undefined ? 'training loss' : 'training loss, clean',
        spoken(trainingLoss(metrics))),
      item('', '--validation', 'validation loss', spoken(validationLoss(metrics))),
      item('is-gap', '', 'gap', difference(gap(metrics))));
  }

  /** A log scale has no place for what is zero or less: that it is there is said. */
  #unseen() {
    const below = this.#epochs.filter(({metrics}) => trainingLoss(metrics) <= 0 || validationLoss(metrics) <= 0);
    const place = this.#$('hidden-said');
    place.hidden = !this.#$('logarithmic').checked || below.length === 0;
    say(place, `A log scale can't show the losses of ${count(below.length, 'epoch')}: they are zero or less.`);
  }

  #described() {
    const last = this.#epochs[this.#epochs.length - 1];
    if (!last) return 'Learning curves: no epoch yet';
    const {bestEpoch} = this.#run.summary;
    return `Learning curves of ${count(this.#epochs.length, 'epoch')}. `
      + (bestEpoch ? `Lowest validation loss in epoch ${bestEpoch}. ` : '')
      + `In epoch ${last.epoch} the training loss is ${spoken(trainingLoss(last.metrics))}, `
      + `the validation loss ${spoken(validationLoss(last.metrics))}.`;
  }
}

/** The epoch that a field says; undefined where it says none. */
function said(field) {
  const epoch = Number(field.value);
  return Number.isInteger(epoch) && epoch >= 1 ? epoch : undefined;
}
