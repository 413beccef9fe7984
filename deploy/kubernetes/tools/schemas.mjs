// The schemas of custom resources, as ../schemas has them.
import { existsSync, readFileSync } from 'node:fs';
import Ajv from 'ajv';

const FOLDER = new URL('../schemas/', import.meta.url);
// What these schemas say beyond JSON Schema is Kubernetes' own.
const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });

export const isKept = resource => existsSync(new URL(`${resource.apiVersion.split('/')[0]}/`, FOLDER));

/** What is wrong with a resource of a kept schema, or null. */
export function faultByKept(resource) {
  const file = new URL(`${resource.apiVersion}/${resource.kind}.json`, FOLDER);
  if (!existsSync(file)) return `no schema of ${resource.apiVersion} ${resource.kind}`;
  const valid = ajv.compile(closed(JSON.parse(readFileSync(file, 'utf8'))));
  return valid(resource) ? null
    : valid.errors.map(({ instancePath, message, params }) =>
      `${instancePath} ${message}${params.additionalProperty ? `: ${params.additionalProperty}` : ''}`).join('; ');
}

/** With no field that the schema doesn't name: a cluster would drop it without a word. */
function closed(schema) {
  if (Array.isArray(schema)) return schema.map(closed);
  if (schema === null || typeof schema !== 'object') return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, closed(value)]));
  const open = 'additionalProperties' in schema || schema['x-kubernetes-preserve-unknown-fields'];
  return schema.type === 'object' && schema.properties && !open ? { ...inner, additionalProperties: false } : inner;
}
