// node extract.mjs WORK FOLDER: what schemas/make fetched into WORK, as one file for each kind.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import yaml from 'js-yaml';

const [work, folder] = process.argv.slice(2);

const withoutDescriptions = schema => {
  if (Array.isArray(schema)) return schema.map(withoutDescriptions);
  if (schema === null || typeof schema !== 'object') return schema;
  return Object.fromEntries(Object.entries(schema)
    // A property may have that name.
    .filter(([name, value]) => name !== 'description' || typeof value !== 'string')
    .map(([name, value]) => [name, withoutDescriptions(value)]));
};

function write(group, version, kind, { type, properties, required }) {
  const { spec } = properties;
  const schema = { type, required, properties: {
    apiVersion: { type: 'string', enum: [`${group}/${version}`] },
    kind: { type: 'string', enum: [kind] },
    metadata: { type: 'object' },
    spec,
  } };
  mkdirSync(join(folder, group, version), { recursive: true });
  writeFileSync(join(folder, group, version, `${kind}.json`), `${JSON.stringify(withoutDescriptions(schema), null, 1)}\n`);
}

for (const file of readdirSync(join(work, 'crd'))) {
  const { spec } = yaml.load(readFileSync(join(work, 'crd', file), 'utf8'));
  const version = spec.versions.find(({ name }) => name === 'v1beta2');
  write(spec.group, version.name, spec.names.kind, version.schema.openAPIV3Schema);
}

// These packages hold the schema as the literal of a constant.
for (const [name, group, version, kind] of [
  ['keda', 'keda.sh', 'v1alpha1', 'ScaledObject'],
  ['keda', 'keda.sh', 'v1alpha1', 'TriggerAuthentication'],
  ['prometheus-operator', 'monitoring.coreos.com', 'v1', 'PodMonitor'],
  ['prometheus-operator', 'monitoring.coreos.com', 'v1', 'ServiceMonitor'],
]) {
  const source = readFileSync(join(work, 'node_modules', '@kubernetes-models', name, group, version, `${kind}.mjs`), 'utf8');
  write(group, version, kind, JSON.parse(source.match(/const schema = (\{[\s\S]*?\n\});/)[1]));
}
