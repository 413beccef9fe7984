// A run is submitted: an example, its most asked-for fields, and the whole of it as text, which is what is sent.
import {element as e, say} from '../dom.js';
import {ask, post} from '../neighbors.js';
import {leaves} from './schema.js';

const EXAMPLES = ['digits-dropout', 'digits-plain', 'digits-augmented', 'digits-cnn', 'diabetes', 'olive-oils'];
/** Fields beside the text, by their path in it. */
const FIELDS = [
  ['name', 'Name', 'text'], ['experiment', 'Experiment', 'text'], ['seed', 'Seed', 'number'],
  ['model.dropout', 'Dropout, share of units', 'number'], ['training.epochs', 'Epochs', 'number'],
  ['training.batchSize', 'Batch size, rows', 'number'], ['training.optimizer.learningRate', 'Learning rate', 'number'],
  ['data.labelNoise', 'Label noise, share', 'number'], ['export.model', 'Model, served as', 'text'],
];
const at = (id) => document.getElementById(id);
let schema;
let more = []; // what the schema has beside them

function fields() {
  return [...FIELDS.map(([path, , type]) => ({path, type})), ...more];
}

function spec() {
  return JSON.parse(at('spec').value);
}

function found(value, path) {
  return path.split('.').reduce((part, name) => part?.[name], value);
}

function put(value, path, wanted) {
  const names = path.split('.');
  const last = names.pop();
  const part = names.reduce((inner, name) => (inner[name] ??= {}), value);
  if (wanted === undefined) delete part[last];
  else part[last] = wanted;
}

function field(path) {
  return document.getElementById(`field-${path}`);
}

/** The text changed: the fields show what it says. */
function spread() {
  faults([]);
  try {
    const value = spec();
    offer(value);
    for (const {path} of fields()) field(path).value = found(value, path) ?? '';
  } catch (problem) {
    faults([{field: '', message: `the submission is no JSON: ${problem.message}`}]);
  }
}

/** A field changed: the text says so. */
function gather(path, type) {
  try {
    const value = spec();
    const text = field(path).value.trim();
    put(value, path, text === '' ? undefined : meant(text, type));
    at('spec').value = JSON.stringify(value, null, 2);
    spread();
  } catch (problem) {
    faults([{field: '', message: `the submission is no JSON: ${problem.message}`}]);
  }
}

function meant(text, type) {
  if (type === 'number') return Number(text);
  return type === 'boolean' ? text === 'true' : text;
}

/** The fields that the schema has for such a submission; a kind that is chosen brings its own. */
function offer(value) {
  if (!schema) return;
  const asked = FIELDS.map(([path]) => path);
  const others = leaves(schema, value).filter(({path}) => !asked.includes(path));
  if (others.map(({path}) => path).join() === more.map(({path}) => path).join()) return;
  more = others;
  const focused = document.activeElement?.id;
  at('more-fields').replaceChildren(...more.map(box));
  if (focused) document.getElementById(focused)?.focus();
}

function box({path, type, options, standard, hint}) {
  const shown = {id: `field-${path}`, 'aria-describedby': `hint-${path}`};
  const asked = options
    ? e('select', shown, ['', ...options].map((option) => e('option', {value: option},
      option === '' ? (standard === undefined ? 'not said' : `${standard}, the default`) : String(option))))
    : e('input', {...shown, type: 'text', inputmode: type === 'number' ? 'decimal' : undefined, placeholder: standard});
  asked.addEventListener('change', () => gather(path, type));
  return e('div', {class: 'field'},
    e('label', {for: shown.id}, path), asked, e('small', {id: `hint-${path}`}, hint));
}

async function published() {
  try {
    schema = await ask('/trainer/v1/schemas/run');
    at('more').hidden = false;
    spread();
  } catch (problem) {
    console.warn(problem);
  }
}

function faults(all) {
  at('faults').replaceChildren(...all.map(({message}) => e('li', {}, message)));
  for (const {path} of fields()) {
    if (all.some((fault) => fault.field === path)) field(path).setAttribute('aria-invalid', 'true');
    else field(path).removeAttribute('aria-invalid');
  }
}

async function example() {
  const value = await ask(`/examples/specs/${at('example').value}.json`);
  at('spec').value = JSON.stringify(value, null, 2);
  spread();
}

async function submit(event) {
  event.preventDefault();
  say(at('outcome'), '');
  let value;
  try {
    value = spec();
  } catch (problem) {
    faults([{field: '', message: `the submission is no JSON: ${problem.message}`}]);
    return;
  }
  try {
    const run = await post('/trainer/v1/runs', value);
    faults([]);
    at('outcome').replaceChildren('Submitted: ', e('a', {href: `/run.html?id=${encodeURIComponent(run.run)}`}, run.run),
      run.queuePosition > 1 ? `, after ${run.queuePosition - 1} other runs` : '');
  } catch (problem) {
    faults(problem.fields?.length ? problem.fields : [{field: '', message: problem.message}]);
    at('faults').querySelector('li')?.scrollIntoView({block: 'nearest'});
  }
}

at('fields').append(...FIELDS.map(([path, label, type]) => {
  const box = e('input', {id: `field-${path}`, type: 'text', inputmode: type === 'number' ? 'decimal' : undefined});
  box.addEventListener('change', () => gather(path, type));
  return e('label', {class: 'field'}, label, box);
}));
at('example').append(...EXAMPLES.map((name) => e('option', {value: name}, name)));
at('example').addEventListener('change', () => example().catch((problem) => faults([{field: '', message: problem.message}])));
at('spec').addEventListener('input', spread);
at('form').addEventListener('submit', submit);
example().then(published).catch((problem) => faults([{field: '', message: problem.message}]));
