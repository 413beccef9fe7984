// Strimzi's topics, made from the one file that states the topics' settings: node topics.mjs > FILE.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import yaml from 'js-yaml';

const here = dirname(fileURLToPath(import.meta.url));
const settings = JSON.parse(readFileSync(join(here,
  '../../../training-events/src/main/resources/dev/bridle/events/wire/topics.json'), 'utf8'));

const topics = settings.map(({ name, partitions, config }) => yaml.dump({
  apiVersion: 'kafka.strimzi.io/v1beta2',
  kind: 'KafkaTopic',
  metadata: { name: name.replaceAll('_', '-'), labels: { 'strimzi.io/cluster': 'bridle' } },
  spec: { topicName: name, partitions, replicas: 1, config },
}));
console.log(`# Made from topics.json of training-events by tools/topics.mjs.\n${topics.join('---\n')}`.trimEnd());
