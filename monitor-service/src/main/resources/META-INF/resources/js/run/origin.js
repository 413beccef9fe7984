// Where a run and its model come from, and what to hold them against.
import {element as e} from '../dom.js';

export function origin({id, summary, model}, host) {
  const rows = [
    ['Run', e('code', {}, id)],
    ['Attempt', String(summary.attempt)],
    ['Experiment', summary.experiment ?? 'none'],
    ['First heard of', moment(summary.startedAt)],
    ['Last heard of', moment(summary.updatedAt)],
    ...(model ? exported(model) : [['Model', 'none exported yet']]),
  ];
  host.replaceChildren(...rows.map(([name, value]) => e('div', {}, e('dt', {}, name), e('dd', {}, value))));
}

function exported({model, version, uri, sha256, sizeBytes, bestEpoch, time}) {
  return [
    ['Model', `${model}, version ${version}, weights of epoch ${bestEpoch}`],
    ['Exported', moment(time)],
    ['Size', `${(sizeBytes / 1024).toFixed(1)} KiB`],
    ['SHA-256', e('code', {}, sha256)],
    ['File', artifact(uri, uri)],
    ...(/^https?:.*\/artifacts\/[^/]+$/.test(uri)
      ? [['Trained from', artifact(uri.replace(/[^/]+$/, 'spec.json'), 'the specification as it was submitted')]]
      : []),
  ];
}

/** A link where a browser can follow it: not to a file or an object store. */
function artifact(uri, text) {
  return /^https?:/.test(uri) ? e('a', {href: uri}, text) : e('code', {}, uri);
}

function moment(time) {
  return e('time', {datetime: time}, new Date(time).toLocaleString('en-GB', {dateStyle: 'medium', timeStyle: 'medium'}));
}
