// All studies, the newest first: how far each is; one of them is shown whole.
import {element as e} from '../dom.js';
import {count} from '../words.js';

/** What a study's phase is called, and its tone. */
export function standing({phase, runs, report}) {
  if (phase === 'RUNNING') return ['Running', 'running'];
  const cancelled = report.arms.some((arm) => arm.runs.some((run) => run.phase === 'CANCELLED'));
  if (cancelled) return ['Cancelled', 'waiting'];
  return runs.failed === runs.all ? ['Failed', 'bad'] : ['Ended', 'good'];
}

/** How far it is, in words. */
export function progress({progressPercent, runs}) {
  const failed = runs.failed ? `, ${runs.failed} of them without a result` : '';
  return `${Math.floor(progressPercent)}\u00a0% · ${runs.ended} of ${count(runs.all, 'run')} ended${failed}`;
}

/** @param choose called with the id of the study that somebody wants to see */
export function list(studies, chosen, table, choose) {
  const said = JSON.stringify([chosen, studies.map((one) => [one.study, one.phase, one.progressPercent, one.runs])]);
  if (table.dataset.said === said) return;
  table.dataset.said = said;
  const focused = table.contains(document.activeElement) ? document.activeElement.dataset.study : undefined;
  table.replaceChildren(
    e('thead', {}, e('tr', {}, ['study', 'state', 'progress', 'begun'].map((name) => e('th', {scope: 'col'}, name)))),
    e('tbody', {}, studies.map((one) => row(one, one.study === chosen, choose))));
  if (focused) table.querySelector(`[data-study="${CSS.escape(focused)}"]`)?.focus();
}

function row(one, chosen, choose) {
  const [word, tone] = standing(one);
  const link = e('a', {
    href: `?${new URLSearchParams({study: one.study})}`, 'data-study': one.study, 'aria-current': chosen ? 'true' : undefined,
  }, one.name);
  link.addEventListener('click', (event) => {
    event.preventDefault();
    choose(one.study);
  });
  return e('tr', {},
    e('th', {scope: 'row'}, link, e('small', {}, one.study)),
    e('td', {}, e('span', {class: 'badge', 'data-tone': tone}, word)),
    e('td', {}, progress(one)),
    e('td', {}, e('time', {datetime: one.submitted}, new Date(one.submitted).toLocaleString())));
}
