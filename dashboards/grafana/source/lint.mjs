// What Grafana's schema doesn't ask for: node lint.mjs FOLDER.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const DATASOURCE = '${datasource}';
const ANNOTATIONS = ['Stops', 'Alerts'];
const GIVEN = ['datasource', 'console']; // that no expression has to name
const folder = process.argv[2];
/** @type {string[]} */
const faults = [];
const uids = new Set();
const named = new Set(); // variables, of all dashboards
for (const file of readdirSync(folder)) {
  const dashboard = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const fault = (/** @type {string} */ text) => faults.push(`${file}: ${text}`);
  if (!dashboard.uid || uids.has(dashboard.uid)) fault(`uid ${dashboard.uid} should be its own`);
  uids.add(dashboard.uid);
  if (!dashboard.description) fault('has no description');
  lintPanels(dashboard.panels, fault);
  lintVariables(dashboard, fault);
  for (const annotation of dashboard.annotations.list) {
    if (annotation.datasource?.uid !== DATASOURCE) fault(`annotation ${annotation.name} has a data source of its own`);
  }
  for (const name of ANNOTATIONS) {
    if (!dashboard.annotations.list.some((/** @type {any} */ one) => one.name === name)) fault(`has no annotation of ${name}`);
  }
  if (!dashboard.links.some((/** @type {any} */ link) => link.url === '${console}')) fault('has no link to the console');
}
for (const name of ['experiment', 'run', 'model']) {
  if (!named.has(name)) faults.push(`no dashboard has a variable ${name}`);
}

/** @param {any[]} panels @param {(text: string) => void} fault */
function lintPanels(panels, fault) {
  const ids = new Set();
  for (const panel of panels) {
    const where = `panel "${panel.title}"`;
    if (!panel.id || ids.has(panel.id)) fault(`${where}: id ${panel.id} should be its own`);
    ids.add(panel.id);
    if (panel.type === 'row') continue;
    if (!panel.title.endsWith('?')) fault(`${where}: its title should be a question`);
    if (!panel.description) fault(`${where} has no description`);
    if (!panel.fieldConfig?.defaults?.unit) fault(`${where} has no unit`);
    if (!panel.targets?.length) fault(`${where} asks nothing`);
    if (panel.gridPos.x + panel.gridPos.w > 24) fault(`${where} is wider than the dashboard`);
    for (const { datasource } of [panel, ...(panel.targets ?? []).filter((/** @type {any} */ one) => one.datasource)]) {
      if (datasource?.uid !== DATASOURCE) fault(`${where} has a data source of its own`);
    }
  }
}

/** Each is used, and none is used that isn't there. @param {any} dashboard @param {(text: string) => void} fault */
function lintVariables({ templating, panels }, fault) {
  const variables = templating.list.map((/** @type {any} */ one) => one.name);
  variables.forEach((/** @type {string} */ name) => named.add(name));
  const asked = [
    ...panels.flatMap((/** @type {any} */ panel) => (panel.targets ?? []).map((/** @type {any} */ one) => one.expr)),
    ...templating.list.filter((/** @type {any} */ one) => one.type === 'query').map((/** @type {any} */ one) => one.query),
  ].join('\n');
  const used = new Set([...asked.matchAll(/\$(?!__)(\w+)/g)].map((match) => match[1]));
  for (const name of GIVEN) if (!variables.includes(name)) fault(`has no variable ${name}`);
  for (const name of variables) if (!GIVEN.includes(name) && !used.has(name)) fault(`variable ${name} is not used`);
  for (const name of used) if (!variables.includes(name)) fault(`variable ${name} is used and isn't there`);
  for (const { name, type, datasource } of templating.list) {
    if (type === 'query' && datasource?.uid !== DATASOURCE) fault(`variable ${name} has a data source of its own`);
  }
}

if (faults.length > 0) {
  console.error(faults.join('\n'));
  process.exit(1);
}
