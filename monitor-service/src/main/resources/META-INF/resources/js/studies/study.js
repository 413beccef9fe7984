// One study whole: its receipts as a plot and in numbers, the recommendation, its arms and their runs.
import {element as e, say} from '../dom.js';
import {percent, spoken} from '../numbers.js';
import {gains, signed, unitOfGain} from './gain.js';
import {progress, standing} from './list.js';
import {GainsPlot} from './plot.js';

let plot;

export function study(one, $) {
  const {report} = one;
  const [word, tone] = standing(one);
  say($('study-title'), one.name);
  say($('badge'), word);
  $('badge').dataset.tone = tone;
  $('bar').value = one.progressPercent;
  say($('progress'), progress(one));
  $('cancel').hidden = one.phase !== 'RUNNING';
  // What stands already is left alone: somebody may be reading, or on a link.
  const said = JSON.stringify([one.study, report]);
  if ($('study').dataset.said === said) return;
  $('study').dataset.said = said;
  const rows = gains(report);
  const {unit, factor} = unitOfGain(report.metric);
  const any = rows.some(({mean}) => mean !== undefined);
  $('waiting').hidden = any && rows.some(({low}) => low !== undefined);
  plot ??= new GainsPlot($('plot'));
  plot.show(any ? rows : [], report.metric, unit);
  $('receipts').replaceChildren(...receipts(rows, unit, factor));
  $('recommendation').replaceChildren(...(report.recommendation.length > 0
    ? report.recommendation.map((sentence) => e('li', {}, sentence))
    : [e('li', {class: 'said'}, 'Comes when every run has ended.')]));
  $('arms').replaceChildren(...arms(report));
  say($('unused'), unused(report.arms));
}

function receipts(rows, unit, factor) {
  return [
    e('caption', {class: 'heard'}, `Gains in ${unit}, above 0 for the better, with intervals of 95 %`),
    head(['technique or change', 'verdict', `gain (${unit})`, 'from', 'to', 'seeds']),
    e('tbody', {}, rows.map((row) => e('tr', {'data-receipt': row.of},
      e('th', {scope: 'row'}, row.of),
      e('td', {class: row.tone}, row.word),
      [signed(row.mean, factor), signed(row.low, factor), signed(row.high, factor), String(row.pairs)]
        .map((text) => e('td', {}, text))))),
  ];
}

function arms({arms: all, metric}) {
  const shown = (value) => (value === undefined ? 'none yet' : metric.endsWith('/accuracy') ? percent(value) : spoken(value));
  return [
    head(['arm', `mean ${metric}`, 'mean epochs', 'features at zero', 'runs']),
    e('tbody', {}, all.map((arm) => e('tr', {'data-arm': arm.name},
      e('th', {scope: 'row'}, arm.name),
      e('td', {}, shown(arm.mean)),
      e('td', {}, arm.meanEpochs === undefined ? 'none yet' : arm.meanEpochs.toFixed(1)),
      e('td', {}, String(arm.unusedFeatures.length)),
      e('td', {class: 'links'}, arm.runs.map(({seed, run, phase}) => e('a', {
        href: `/run.html?id=${encodeURIComponent(run)}`, 'data-phase': phase,
        'aria-label': `${arm.name}, seed ${seed}, ${phase.toLowerCase()}`,
      }, String(seed))))))),
  ];
}

/** The features that every run of an arm brought to zero, by arm. */
function unused(all) {
  const some = all.filter(({unusedFeatures}) => unusedFeatures.length > 0);
  if (some.length === 0) return 'No arm brought all of a feature’s weights to zero in every run, as l1 may.';
  return some.map(({name, unusedFeatures}) => `Never looked at by ${name}: ${unusedFeatures.join(', ')}.`).join(' ');
}

function head(names) {
  return e('thead', {}, e('tr', {}, names.map((name) => e('th', {scope: 'col'}, name))));
}
