// A run is submitted: an example, its fields and lists, and the whole of it as text, which is what is sent.
import {element as e, say} from '../dom.js';
import {ask, post} from '../neighbors.js';
import {Form} from './form.js';
import {above, found, put} from './path.js';
import {withRules} from './rules.js';

const EXAMPLES = ['digits-dropout', 'digits-plain', 'digits-augmented', 'digits-cnn', 'diabetes', 'olive-oils'];
const at = (id) => document.getElementById(id);
const form = new Form({often: at('fields'), lists: at('lists'), more: at('more-fields')}, {changed, add, remove, earlier});
let schema;

function spec() {
  return JSON.parse(at('spec').value);
}

/** The text changed: the fields show what it says. */
function spread() {
  try {
    const value = spec();
    form.show(schema, value);
    faults(form.wrong(value, false));
  } catch (problem) {
    faults([noJson(problem)]);
  }
}

/** A field changed: the text says so. */
function gather(change) {
  try {
    const value = spec();
    change(value);
    at('spec').value = JSON.stringify(value, null, 2);
    spread();
  } catch (problem) {
    faults([noJson(problem)]);
  }
}

function noJson(problem) {
  return {field: '', message: `the submission is no JSON: ${problem.message}`};
}

function changed({path, keeps, standard}, wanted) {
  gather((value) => {
    if (!keeps) return put(value, path, wanted ?? (/\]$/.test(path) ? '' : undefined));
    const kind = wanted ?? standard;
    if (kind === undefined) return put(value, above(path), undefined);
    put(value, path, kind);
    // What another kind has no setting for would be refused.
    const whole = found(value, above(path));
    Object.keys(whole).filter((name) => !keeps[kind].includes(name)).forEach((name) => delete whole[name]);
  });
}

function add(part, variant) {
  gather((value) => put(value, `${part.path}[${part.entries.length}]`, part.fresh(variant)));
  const entry = document.querySelector(`[data-entry="${part.path}[${part.entries.length}]"]`);
  entry?.querySelector('input, select, button')?.focus();
  say(at('changed'), `Added: ${variant ?? 'an entry'}, ${part.entries.length + 1} of ${part.entries.length + 1}.`);
}

/** A list without entries is none: the default holds again. */
function remove(part, index) {
  const last = part.entries.length === 1;
  const gone = part.alone ? above(part.path) : part.path;
  gather((value) => put(value, last ? gone : `${part.path}[${index}]`, undefined));
  at(`add-${part.path}`)?.focus();
  say(at('changed'), `Removed: ${part.entries[index].name ?? 'an entry'}; ${part.entries.length - 1} left.`);
}

function earlier(part, index) {
  gather((value) => {
    const all = found(value, part.path);
    [all[index - 1], all[index]] = [all[index], all[index - 1]];
  });
  at(`${index > 1 ? 'earlier' : 'remove'}-${part.path}[${index - 1}]`)?.focus();
  say(at('changed'), `Moved up: ${part.entries[index].name ?? 'an entry'}, ${index} of ${part.entries.length}.`);
}

async function published() {
  try {
    const [run, rules] = await Promise.all([ask('/trainer/v1/schemas/run'), ask('/v1/rules')]);
    schema = withRules(run, rules);
    at('more').hidden = false;
    spread();
  } catch (problem) {
    console.warn(problem);
  }
}

function faults(all) {
  at('faults').replaceChildren(...all.map(({message}) => e('li', {}, message)));
  form.mark(all);
}

async function example() {
  const value = await ask(`/examples/specs/${at('example').value}.json`);
  at('spec').value = JSON.stringify(value, null, 2);
  spread();
}

/** Shows the faults, and where the first of them is. */
function refuse(all) {
  faults(all);
  const field = document.querySelector('[aria-invalid]');
  if (field) field.focus();
  else at('faults').querySelector('li')?.scrollIntoView({block: 'nearest'});
}

async function submit(event) {
  event.preventDefault();
  say(at('outcome'), '');
  let value;
  try {
    value = spec();
  } catch (problem) {
    return refuse([noJson(problem)]);
  }
  const wrong = form.wrong(value, true);
  if (wrong.length > 0) return refuse(wrong);
  try {
    const run = await post('/trainer/v1/runs', value);
    faults([]);
    at('outcome').replaceChildren('Submitted: ', e('a', {href: `/run.html?id=${encodeURIComponent(run.run)}`}, run.run),
      run.queuePosition > 1 ? `, after ${run.queuePosition - 1} other runs` : '');
  } catch (problem) {
    refuse(problem.fields?.length ? problem.fields : [{field: '', message: problem.message}]);
  }
}

at('example').append(...EXAMPLES.map((name) => e('option', {value: name}, name)));
at('example').addEventListener('change', () => example().catch((problem) => faults([{field: '', message: problem.message}])));
at('spec').addEventListener('input', spread);
at('form').addEventListener('submit', submit);
example().then(published).catch((problem) => faults([{field: '', message: problem.message}]));
