// Strimzi's users, made from the one file that states who may do what: node users.mjs > FILE.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import yaml from 'js-yaml';

const here = dirname(fileURLToPath(import.meta.url));
const rights = JSON.parse(readFileSync(join(here,
  '../../../training-events/src/main/resources/dev/bridle/events/wire/rights.json'), 'utf8'));

const TYPES = { topics: 'topic', groups: 'group', transactionalIds: 'transactionalId' };
const capitalized = word => word[0] + word.slice(1).toLowerCase();

const acls = grant => Object.entries(TYPES).flatMap(([names, type]) => (grant[names] ?? []).map(name => ({
  resource: name.endsWith('*')
    ? { type, name: name.slice(0, -1), patternType: 'prefix' }
    : { type, name, patternType: 'literal' },
  operations: grant.operations.map(capitalized),
})));

const users = rights.map(({ user, may }) => yaml.dump({
  apiVersion: 'kafka.strimzi.io/v1beta2',
  kind: 'KafkaUser',
  metadata: { name: user, labels: { 'strimzi.io/cluster': 'bridle' } },
  spec: {
    authentication: { type: 'scram-sha-512' },
    authorization: { type: 'simple', acls: may.flatMap(acls) },
  },
}));
console.log(`# Made from rights.json of training-events by tools/users.mjs.\n${users.join('---\n')}`.trimEnd());
