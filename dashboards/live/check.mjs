// Asks a Prometheus that watches a running stack every expression that is checked in, and fails on one
// that errs or finds nothing; and holds docs/meters.md against the services: node check.mjs PROMETHEUS MONITOR TRAINER INFERENCE (addresses).
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ofDashboards, ofRules } from './expressions.mjs';
import * as meters from './meters.mjs';

const [prometheus, monitor, trainer, inference] = process.argv.slice(2);
const here = dirname(fileURLToPath(import.meta.url));
const PATIENCE = 150_000;
const SPAN = 600; // seconds, as a dashboard looks back

async function json(url, body) {
  const response = await fetch(url, body && {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url}: ${response.status} ${text}`);
  return JSON.parse(text);
}

async function until(what, condition) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const found = await condition();
    if (found) return found;
    if (Date.now() > end) throw new Error(`${what}: not within ${PATIENCE / 1000} s`);
    await new Promise((wake) => setTimeout(wake, 500));
  }
}

/** A run that goes on while the check looks, and one that ends and is served. */
async function load() {
  const spec = JSON.parse(readFileSync(join(here, '../../examples/specs/digits-dropout.json'), 'utf8'));
  await json(`${trainer}/v1/runs`, spec);
  await until('the model is served', async () =>
    (await fetch(`${inference}/v2/models/${spec.export.model}/ready`)).ok);
  const plain = JSON.parse(readFileSync(join(here, '../../examples/specs/digits-plain.json'), 'utf8'));
  plain.training.epochs = 5000;
  plain.policy = { combine: 'any', rules: [{ rule: 'generalizationGap' }] };
  const run = (await json(`${trainer}/v1/runs`, plain)).run;
  return { model: spec.export.model, run };
}

const rows = (count, value) => [
  { name: 'input', datatype: 'FP32', shape: [count, 64], data: Array.from({ length: count * 64 }, value) },
];
const sampled = { mc_samples: 20 };

/** So that sets can be asked for, and the uncertainty has something to be held against. */
function calibrate(model) {
  const count = 50;
  return json(`${inference}/v2/models/${model}/calibrate`, {
    inputs: rows(count, (_, at) => (at * 7) % 17),
    labels: Array.from({ length: count }, (_, row) => row % 10),
    parameters: sampled,
  });
}

let asked = 0;

async function predictions(model) {
  const inputs = rows(1, () => 7);
  const id = `check-${asked += 1}`;
  await Promise.all([
    json(`${inference}/v2/models/${model}/infer`, { inputs }),
    json(`${inference}/v2/models/${model}/infer`,
      { id, inputs, parameters: { ...sampled, conformal_alpha: 0.2 } }),
  ]);
  await json(`${inference}/v2/models/${model}/labels`, { id, labels: [3] });
}

async function fault({ where, expression, range, label, rulesNamed = [] }, catalog) {
  const unknown = rulesNamed.filter((rule) => !catalog.has(rule));
  if (unknown.length > 0) return `${where}: no such rule as ${unknown}`;
  const now = Date.now() / 1000;
  const asked = new URLSearchParams({ query: expression, ...(range && { start: now - SPAN, end: now, step: 1 }) });
  const answer = await (await fetch(`${prometheus}/api/v1/query${range ? '_range' : ''}?${asked}`)).json();
  if (answer.status !== 'success') return `${where}: ${answer.error}\n    ${expression}`;
  const found = answer.data.result.filter(({ metric }) => !label || metric[label]);
  return found.length > 0 ? null : `${where} finds nothing\n    ${expression}`;
}

/** Asked last, when everything has happened that the load brings about. */
async function faultsOfMeters() {
  const tables = meters.documented(readFileSync(join(here, '../../docs/meters.md'), 'utf8'));
  const found = await Promise.all(Object.entries({ monitor, trainer, inference }).map(async ([service, address]) =>
    meters.faults(service, tables.get(service) ?? new Map(),
      meters.served(await (await fetch(`${address}/q/metrics`)).text()),
      meters.textsOf(join(here, `../../${service}-service/src/main/java`)))));
  return found.flat();
}

const { model, run } = await load();
await calibrate(model);
const catalog = new Set((await json(`${monitor}/v1/rules`)).rules.map((rule) => rule.name ?? rule.rule));
const groups = (await json(`${prometheus}/api/v1/rules`)).data.groups;
const all = [...ofDashboards(join(here, '../grafana/dashboards')), ...ofRules(groups)];
let left = all;
let faults = [];
try {
  await until('each expression finds something', async () => {
    await predictions(model);
    const said = await Promise.all(left.map((each) => fault(each, catalog)));
    left = left.filter((_, at) => said[at]);
    faults = said.filter((each) => each);
    return left.length === 0;
  });
  const wrong = await faultsOfMeters();
  if (wrong.length > 0) throw new Error(`docs/meters.md:\n${wrong.join('\n')}`);
} catch (e) {
  console.error(`${e.message}\n${faults.join('\n')}`);
  process.exitCode = 1;
} finally {
  await fetch(`${trainer}/v1/runs/${run}/cancel`, { method: 'POST' });
}
if (!process.exitCode) console.log(`${all.length} expressions found something; the meters are those of docs/meters.md`);
