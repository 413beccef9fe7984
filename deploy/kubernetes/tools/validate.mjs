// Holds what kustomize built against the published schemas, and against Bridle's own rules:
// node validate.mjs < BUILT.
import { readFileSync } from 'node:fs';
import yaml from 'js-yaml';
import { podOf } from './kserve.mjs';
import { faultByKept, isKept } from './schemas.mjs';

async function fault(resource) {
  if (resource.apiVersion.startsWith('serving.kserve.io/')) return kserveFault(resource);
  const bySchema = isKept(resource) ? faultByKept(resource) : await schemaFault(resource);
  return bySchema ?? (rules(resource).join('; ') || null);
}

async function schemaFault(resource) {
  const [group, version] = resource.apiVersion.includes('/')
    ? resource.apiVersion.split('/') : ['', resource.apiVersion];
  const where = ['kubernetes-models', group].filter(Boolean).join('/');
  const models = await import(`${where}/${version}`);
  const Model = models[resource.kind] ?? models.default?.[resource.kind];
  if (!Model) return `no schema of ${resource.apiVersion} ${resource.kind}`;
  try {
    new Model(resource).validate();
  } catch (e) {
    return e.message;
  }
  return null;
}

/** There is no package of its schemas: its pods are held against Kubernetes' own, the rest against kserve.mjs. */
async function kserveFault(resource) {
  try {
    const pod = podOf(resource);
    return await schemaFault(pod) ?? (rules({ spec: { template: pod } }).join('; ') || null);
  } catch (e) {
    return e.message;
  }
}

/** What a schema doesn't ask for. */
function rules(resource) {
  const pod = resource.spec?.template?.spec;
  if (!pod) return [];
  const faults = [];
  if (![pod, ...pod.containers].some(each => each.securityContext?.runAsNonRoot)) faults.push('may run as root');
  if (pod.automountServiceAccountToken !== false) faults.push('has a token of the cluster');
  for (const container of pod.containers) {
    const env = name => container.env?.find(variable => variable.name === name)?.value;
    if ((env('BRIDLE_GUARD_ANONYMOUS') === 'true') === Boolean(env('BRIDLE_GUARD_KEYS_FILE'))) {
      faults.push(`${container.name} should have either keys or BRIDLE_GUARD_ANONYMOUS`);
    }
    if (production && !env('BRIDLE_GUARD_KEYS_FILE')) faults.push(`${container.name} lets callers in without a key`);
    if (production && env('KAFKA_SECURITY_PROTOCOL') !== 'SASL_SSL') faults.push(`${container.name} speaks to Kafka in plain text`);
    if (!container.image.includes(':')) faults.push(`${container.name}: its image has no tag`);
    if (!container.resources?.limits?.memory) faults.push(`${container.name} has no memory limit`);
    if (!container.securityContext?.readOnlyRootFilesystem) faults.push(`${container.name} may write to itself`);
    if (container.securityContext?.allowPrivilegeEscalation !== false) faults.push(`${container.name} may gain rights`);
    for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe']) {
      if (!container[probe]) faults.push(`${container.name} has no ${probe}`);
    }
  }
  return faults;
}

const production = process.argv.includes('--keys');
const resources = yaml.loadAll(readFileSync(0, 'utf8')).filter(Boolean);
const faults = [];
for (const resource of resources) {
  const found = await fault(resource);
  if (found) faults.push(`${resource.kind} ${resource.metadata.name}: ${found}`);
}
if (faults.length > 0 || resources.length === 0) {
  console.error(faults.join('\n') || 'nothing was built');
  process.exit(1);
}
console.log(`${resources.length} resources are valid`);
