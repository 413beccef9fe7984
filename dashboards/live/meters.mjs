// docs/meters.md against what the services serve at /q/metrics, in both directions.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const OWN = /^(bridle|nv)_/;
const OF_THE_FORMAT = new Set(['le', 'quantile']);

/** The document's tables: a map from a service's name, which is a heading, to its meters by name. */
export function documented(markdown) {
  const services = new Map();
  let meters;
  for (const line of markdown.split('\n')) {
    const heading = line.match(/^## (\S+)$/);
    if (heading) services.set(heading[1], meters = new Map());
    const row = line.match(/^\| `([a-z0-9_]+)` \|(.*)\|$/);
    if (!row) continue;
    const [type, labels, unit] = row[2].split('|').map((cell) => cell.trim());
    if (meters.has(row[1])) throw new Error(`${row[1]} stands twice`);
    meters.set(row[1], { type, labels: [...labels.matchAll(/`(\w+)`/g)].map((each) => each[1]).sort(), unit });
  }
  return services;
}

/** Bridle's own meters in Prometheus' text format, by name; the greatest values beside a histogram aside. */
export function served(text) {
  const meters = new Map();
  for (const [, family, type] of text.matchAll(/^# TYPE (\S+) (\S+)$/gm)) {
    // OpenMetrics says a counter's family without the ending that its samples have.
    const name = type === 'counter' ? `${family.replace(/_total$/, '')}_total` : family;
    if (OWN.test(name)) meters.set(name, { type, labels: new Set() });
  }
  for (const name of meters.keys()) {
    if (name.endsWith('_max') && meters.has(name.slice(0, -4))) meters.delete(name);
  }
  for (const [, name, labels = ''] of text.matchAll(/^(\w+)(?:\{(.*)\})? \S+$/gm)) {
    const meter = meters.get(name) ?? meters.get(name.replace(/_(bucket|sum|count)$/, ''));
    for (const [, label] of labels.matchAll(/(\w+)="(?:[^"\\]|\\.)*"/g)) {
      if (!OF_THE_FORMAT.has(label)) meter?.labels.add(label);
    }
  }
  return new Map([...meters].map(([name, { type, labels }]) => [name, { type, labels: [...labels].sort() }]));
}

/** The texts of a module's sources that can name a meter, or a part of one, written as Prometheus does. */
export function textsOf(folder) {
  return new Set(readdirSync(folder, { recursive: true }).filter((file) => file.endsWith('.java'))
    .flatMap((file) => [...readFileSync(join(folder, file), 'utf8').matchAll(/"([a-z]\w*(?:\.\w+)*\.?)"/g)])
    .map(([, text]) => text.replaceAll('.', '_')));
}

/** By a whole text, or by two of which the first ends where a name goes on. */
function isNamed(name, { type, unit }, texts) {
  const stem = type === 'counter' ? name.replace(/_total$/, '') : name;
  return [stem, stem.replace(new RegExp(`_${unit}$`), '')].some((whole) => texts.has(whole)
    || [...texts].some((start) => start.endsWith('_') && OWN.test(start) && whole.startsWith(start)
      && texts.has(whole.slice(start.length))));
}

/** What disagrees; a meter that only rare events bring need not be served, but the sources have to name it. */
export function faults(service, inDocument, inService, texts) {
  const found = [...inService.keys()].filter((name) => !inDocument.has(name))
    .map((name) => `${name} is served and not in the document`);
  for (const [name, meter] of inDocument) {
    const real = inService.get(name);
    if (!real) {
      if (!isNamed(name, meter, texts)) found.push(`${name} is neither served nor in the sources`);
      continue;
    }
    if (real.type !== meter.type) found.push(`${name} is a ${real.type} and not a ${meter.type}`);
    if (`${real.labels}` !== `${meter.labels}`) {
      found.push(`${name} has the labels "${real.labels}" and not "${meter.labels}"`);
    }
  }
  return found.map((fault) => `${service}: ${fault}`);
}
