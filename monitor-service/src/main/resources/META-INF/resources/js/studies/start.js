// A study is started: an example, its most asked-for fields, and the whole of it as text, which is what is sent.
import {element as e, say} from '../dom.js';
import {ask, post} from '../neighbors.js';

const EXAMPLES = ['digits-receipt', 'early-stopping-or-l2'];

/** @param started called with the id of a study that was started */
export function startForm($, started) {
  function faults(all) {
    $('faults').replaceChildren(...all.map(({message}) => e('li', {}, message)));
    for (const field of ['name', 'seeds']) {
      if (all.some((fault) => fault.field === field)) $(field).setAttribute('aria-invalid', 'true');
      else $(field).removeAttribute('aria-invalid');
    }
  }

  /** The text as it is; undefined, and said so, where it is no JSON. */
  function spec() {
    try {
      const value = JSON.parse($('spec').value);
      faults([]);
      return value;
    } catch (problem) {
      faults([{field: '', message: `the study is no JSON: ${problem.message}`}]);
      return undefined;
    }
  }

  function spread() {
    const value = spec();
    if (!value) return;
    $('name').value = value.name ?? '';
    $('seeds').value = value.seeds ?? '';
  }

  function gather(field, wanted) {
    const value = spec();
    if (value) $('spec').value = JSON.stringify({...value, [field]: wanted}, null, 2);
  }

  async function example() {
    try {
      const value = await ask(`/examples/studies/${$('example').value}.json`);
      $('spec').value = JSON.stringify(value, null, 2);
      spread();
    } catch (problem) {
      faults([{field: '', message: problem.message}]);
    }
  }

  async function submit(event) {
    event.preventDefault();
    say($('started'), '');
    const value = spec();
    if (!value) return;
    try {
      const {study, runs} = await post('/trainer/v1/studies', value);
      say($('started'), `Started ${study}: ${runs.all} runs.`);
      await started(study);
    } catch (problem) {
      faults(problem.fields?.length ? problem.fields : [{field: '', message: problem.message}]);
    }
  }

  $('example').append(...EXAMPLES.map((name) => e('option', {value: name}, name)));
  $('example').addEventListener('change', example);
  $('spec').addEventListener('input', spread);
  $('name').addEventListener('change', () => gather('name', $('name').value.trim()));
  $('seeds').addEventListener('change', () => gather('seeds', Number($('seeds').value)));
  $('form').addEventListener('submit', submit);
  example();
}
