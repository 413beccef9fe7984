// Every library of a folder should be in the bill of materials, with its hash and a license:
// node check.mjs BOM LIB
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { byFile } from './libraries.mjs';

// Quarkus takes out of it what would announce its exporters, so its hash is no published one.
const REWRITTEN = 'opentelemetry-exporter-otlp';

const [bom, lib] = process.argv.slice(2);
const { components } = JSON.parse(readFileSync(bom, 'utf8'));
const byHash = new Map(components.flatMap(component =>
  (component.hashes ?? []).filter(({ alg }) => alg === 'SHA-256')
    .map(({ content }) => [content, component])));

const rewritten = byFile(components.filter(({ name }) => name === REWRITTEN));

const wrong = [];
const jars = readdirSync(lib, { recursive: true }).filter(name => name.endsWith('.jar'));
for (const jar of jars) {
  const hash = createHash('sha256').update(readFileSync(join(lib, jar))).digest('hex');
  const component = byHash.get(hash) ?? rewritten.get(basename(jar));
  if (!component) {
    wrong.push(`${jar} should be in ${bom}: is not`);
  } else if (!component.licenses?.length) {
    wrong.push(`${jar} should have a license in ${bom}: has none`);
  }
}
if (jars.length === 0) {
  wrong.push(`${lib} should hold libraries: holds none`);
}
wrong.forEach(line => console.error(line));
console.log(`${bom}: ${components.length} components, ${jars.length} libraries delivered`);
process.exit(wrong.length ? 1 : 0);
