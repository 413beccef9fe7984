// What Grafana's schema doesn't ask for: node lint.mjs FOLDER.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2];
/** @type {string[]} */
const faults = [];
const uids = new Set();
for (const file of readdirSync(folder)) {
  const dashboard = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const fault = (/** @type {string} */ text) => faults.push(`${file}: ${text}`);
  if (!dashboard.uid || uids.has(dashboard.uid)) fault(`uid ${dashboard.uid} should be its own`);
  uids.add(dashboard.uid);
  if (!dashboard.description) fault('has no description');
  const ids = new Set();
  for (const panel of dashboard.panels) {
    const where = `panel "${panel.title}"`;
    if (!panel.id || ids.has(panel.id)) fault(`${where}: id ${panel.id} should be its own`);
    ids.add(panel.id);
    if (panel.type === 'row') continue;
    if (!panel.title.endsWith('?')) fault(`${where}: its title should be a question`);
    if (!panel.description) fault(`${where} has no description`);
    if (!panel.fieldConfig?.defaults?.unit) fault(`${where} has no unit`);
    if (!panel.targets?.length) fault(`${where} asks nothing`);
    if (panel.gridPos.x + panel.gridPos.w > 24) fault(`${where} is wider than the dashboard`);
    if (panel.datasource?.uid !== '${datasource}') fault(`${where} has a data source of its own`);
  }
  for (const annotation of dashboard.annotations.list) {
    if (annotation.datasource?.uid !== '${datasource}') fault(`annotation ${annotation.name} has a data source of its own`);
  }
}
if (faults.length > 0) {
  console.error(faults.join('\n'));
  process.exit(1);
}
