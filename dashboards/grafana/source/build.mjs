// Writes every dashboard as JSON: node build.mjs FOLDER.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inference, monitor, uncertainty } from './operations.mjs';
import { oneRun, overview } from './training.mjs';

const folder = process.argv[2];
if (!folder) {
  throw new Error('usage: node build.mjs FOLDER');
}
const dashboards = {
  'training-overview': overview, run: oneRun, monitor, inference, uncertainty,
};
for (const [name, dashboard] of Object.entries(dashboards)) {
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(dashboard, null, 2)}\n`);
}
