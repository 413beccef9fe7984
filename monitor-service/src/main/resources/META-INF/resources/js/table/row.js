// One run, as a row.
import {element as e, say} from '../dom.js';
import {lossUnit, spoken, trainingLoss, validationLoss} from '../numbers.js';
import {phase, verdict} from '../words.js';
import {sparkline} from './sparkline.js';
import {duration, secondsLeft} from './time.js';

/** Of the planned epochs, from 0 to 1; undefined where none are planned. */
export function share({lastEpoch, plannedEpochs}) {
  return plannedEpochs ? lastEpoch / plannedEpochs : undefined;
}

export class Row {
  #p;
  #drawn;

  /**
   * @param chosen whether the run is to be compared
   * @param ticked called with whether it is from now on
   */
  constructor(id, chosen, ticked) {
    this.id = id;
    const p = this.#p = {
      box: e('input', {type: 'checkbox'}),
      name: e('a', {href: `/run.html?id=${encodeURIComponent(id)}`}),
      where: e('small'),
      badge: e('span', {class: 'badge'}),
      bar: e('progress', {'aria-label': 'epochs trained'}),
      trained: e('span'),
      left: cell('left', 'Time left'),
      training: cell('training', 'Training loss'),
      validation: cell('validation', 'Validation loss'),
      course: cell('course', 'Its course'),
      alerts: cell('alerts', 'Open alerts'),
      verdict: cell('verdict', 'Verdict'),
    };
    p.box.checked = chosen;
    p.box.addEventListener('change', () => ticked(p.box.checked));
    // Their roles are said, for a phone's layout would take them away.
    this.node = e('tr', {role: 'row', 'data-run': id},
      cell('tick', '', p.box),
      e('th', {role: 'rowheader', scope: 'row', class: 'run'}, p.name, p.where),
      cell('phase', '', p.badge),
      cell('progress', '', p.bar, p.trained),
      p.left, p.training, p.validation, p.course, p.alerts, p.verdict);
  }

  /** @param curve pairs of epoch and validation loss; undefined as long as nobody sees the row */
  show({id, summary}, curve) {
    const p = this.#p;
    const [word, tone] = phase(summary);
    const {lastEpoch, plannedEpochs, metrics, openAlerts} = summary;
    const unit = lossUnit(metrics) === 'nats' ? ' nats' : '';
    p.box.setAttribute('aria-label', `Compare ${summary.name}`);
    say(p.name, summary.name);
    say(p.where, [summary.experiment, id].filter(Boolean).join(' · '));
    say(p.badge, word);
    p.badge.dataset.tone = tone;
    say(p.trained, plannedEpochs ? `epoch ${lastEpoch} of ${plannedEpochs}` : `epoch ${lastEpoch}`);
    p.bar.hidden = !plannedEpochs;
    p.bar.max = plannedEpochs ?? 1;
    p.bar.value = lastEpoch;
    const left = secondsLeft(summary);
    say(p.left, left === undefined ? '' : `≤ ${duration(left)}`);
    loss(p.training, trainingLoss(metrics), unit);
    loss(p.validation, validationLoss(metrics), unit);
    say(p.alerts, openAlerts.join(', '));
    say(p.verdict, verdict(summary));
    if (curve) this.#course(curve, summary.bestEpoch);
  }

  #course(curve, best) {
    const drawn = `${curve.length} ${curve[curve.length - 1]} ${best}`;
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    this.#p.course.replaceChildren(...(curve.length > 0 ? [sparkline(curve, best)] : []));
  }
}

function cell(kind, label, ...children) {
  return e('td', {role: 'cell', class: kind, 'data-label': label}, children);
}

function loss(node, value, unit) {
  node.classList.toggle('is-odd', value !== undefined && !Number.isFinite(value));
  const text = value === undefined ? '' : spoken(value) + (Number.isFinite(value) ? unit : '');
  say(node, text);
}
