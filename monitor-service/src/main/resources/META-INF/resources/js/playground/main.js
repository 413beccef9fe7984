// The playground: a served model is asked about what somebody draws, types or uploads.
import {element as e, say} from '../dom.js';
import {ask, post} from '../neighbors.js';
import {drawn as answerDrawn, read, sentence} from './answer.js';
import {paper} from './paper.js';
import {drawn as worthDrawn, labeled} from './worth.js';

const DIGITS = '/examples/data/digits.csv';
const PAUSE = 120;
const EVALUATED = 600;
const at = (id) => document.getElementById(id);
let input;
let digits;
let asked = 0;
let timer;

const sheet = paper(at('paper'), (values) => take(values.map((value) => Math.round(value * brightest()))));

function side() {
  const root = Math.sqrt(input.features);
  return Number.isInteger(root) && root >= 4 ? root : undefined;
}

/** Digits count 16 dark points in each block; photographs have 256 levels. */
function brightest() {
  return input.features === 64 ? 16 : 255;
}

function trouble(problem) {
  at('trouble').hidden = !problem;
  say(at('trouble'), problem ? `It can't be done: ${problem.message}.` : '');
}

function take(row) {
  at('row').value = row.join(' ');
  preview(row);
  soon();
}

function preview(row) {
  const pixels = side();
  if (!pixels) return;
  const seen = at('seen');
  seen.width = seen.height = pixels;
  const context = seen.getContext('2d');
  row.forEach((value, i) => {
    context.fillStyle = `rgb(${[0, 0, 0].fill(Math.round(255 * value / brightest()))})`;
    context.fillRect(i % pixels, Math.floor(i / pixels), 1, 1);
  });
}

function typed() {
  const row = at('row').value.split(/[\s,;]+/).filter(Boolean).map(Number);
  if (row.length !== input.features || row.some(Number.isNaN)) {
    throw new Error(`the row should have ${input.features} numbers: had ${row.filter((v) => !Number.isNaN(v)).length}`);
  }
  return row;
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(question, PAUSE);
}

async function question() {
  const mine = ++asked;
  try {
    const row = typed();
    const answer = await post(`/inference/v2/models/${encodeURIComponent(at('model').value)}/infer`, {
      parameters: {mc_samples: Number(at('samples').value), mc_seed: 7, mc_abstain_mi: Number(at('limit').value)},
      inputs: [{name: input.name, datatype: input.datatype, shape: [1, input.features], data: row}],
    }).catch((problem) => {
      if (!/dropout/i.test(problem.message)) throw problem;
      return post(`/inference/v2/models/${encodeURIComponent(at('model').value)}/infer`, {
        inputs: [{name: input.name, datatype: input.datatype, shape: [1, input.features], data: row}]});
    });
    if (mine !== asked) return;
    const outputs = read(answer);
    trouble();
    say(at('sentence'), sentence(outputs));
    at('sentence').classList.toggle('abstained', [...outputs.values()].some((one) => one.beside.abstain?.[0]));
    at('outputs').replaceChildren(...[...outputs].map(([name, output]) => answerDrawn(name, output)));
  } catch (problem) {
    if (mine === asked) trouble(problem);
  }
}

async function chosen() {
  try {
    const model = await ask(`/inference/v2/models/${encodeURIComponent(at('model').value)}`);
    const {name, datatype, shape} = model.inputs[0];
    input = {name, datatype, features: shape.slice(1).reduce((a, b) => a * b, 1)};
    at('drawing').hidden = !side();
    at('evaluate').hidden = input.features !== 64;
    say(at('size'), String(input.features));
    at('worth').replaceChildren();
    say(at('evaluated'), '');
    if (side()) sheet.resize(side());
    if (input.features === 64) await example();
    else take(new Array(input.features).fill(0));
  } catch (problem) {
    trouble(problem);
  }
}

async function examples() {
  digits ??= await fetch(DIGITS).then((response) => response.text());
  return digits;
}

async function example() {
  const {data, count} = labeled(await examples(), 64);
  const row = Math.floor(Math.random() * count);
  const values = data.slice(64 * row, 64 * (row + 1));
  sheet.show(values.map((value) => value / brightest()));
  take(values);
}

function noise() {
  const values = Array.from({length: input.features}, () => Math.floor(Math.random() * (brightest() + 1)));
  sheet.show(values.map((value) => value / brightest()));
  take(values);
}

async function evaluate(text) {
  at('evaluate').disabled = true;
  say(at('evaluated'), 'Evaluating…');
  try {
    const {data, truths, count} = labeled(text, input.features);
    const rows = Math.min(count, EVALUATED);
    const scores = await post(`/inference/v2/models/${encodeURIComponent(at('model').value)}/evaluate`, {
      parameters: {mc_samples: Number(at('samples').value), mc_seed: 7},
      inputs: [{name: input.name, datatype: input.datatype, shape: [rows, input.features], data: data.slice(0, rows * input.features)}],
      labels: truths.slice(0, rows),
    });
    trouble();
    say(at('evaluated'), `On ${rows} of ${count} rows; some of them may be among those that the model was trained on.`);
    at('worth').replaceChildren(...worthDrawn(scores));
  } catch (problem) {
    say(at('evaluated'), '');
    trouble(problem);
  } finally {
    at('evaluate').disabled = false;
  }
}

async function start() {
  try {
    const served = (await post('/inference/v2/repository/index', {ready: true})).filter((model) => model.state === 'READY');
    at('none').hidden = served.length > 0;
    at('known').hidden = !served.length;
    const names = [...new Set(served.map((model) => model.name))].sort();
    at('model').replaceChildren(...names.map((name) => e('option', {value: name}, name)));
    const wanted = new URLSearchParams(location.search).get('model');
    if (names.includes(wanted)) at('model').value = wanted;
    if (names.length) await chosen();
    if (wanted && !names.includes(wanted)) trouble(new Error(`'${wanted}' isn't served, or not yet`));
  } catch (problem) {
    trouble(problem);
  }
}

at('model').addEventListener('change', chosen);
at('clear').addEventListener('click', () => sheet.clear());
at('example').addEventListener('click', () => example().catch(trouble));
at('noise').addEventListener('click', noise);
at('picture').addEventListener('change', () => at('picture').files[0] && sheet.picture(at('picture').files[0]).catch(trouble));
at('row').addEventListener('input', () => {
  try {
    const row = typed();
    preview(row);
    if (side()) sheet.show(row.map((value) => value / brightest()));
    soon();
  } catch (problem) {
    trouble(problem);
  }
});
for (const [id, digitsShown] of [['samples', 0], ['limit', 2]]) {
  at(id).addEventListener('input', () => {
    say(at(`${id}-said`), Number(at(id).value).toFixed(digitsShown));
    soon();
  });
}
at('evaluate').addEventListener('click', async () => evaluate(await examples()));
at('rows').addEventListener('change', async () => at('rows').files[0] && evaluate(await at('rows').files[0].text()));
start();
