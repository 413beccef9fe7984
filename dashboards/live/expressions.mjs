// Every expression of the dashboards and of the rules, as it can be asked on a stack that is well.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Grafana's variables, filled in for a check of half a minute. */
const VARIABLES = { '$experiment': '.*', '$run': '.*', '$model': '.*', '$__rate_interval': '30s' };

function filled(expression) {
  return Object.entries(VARIABLES)
    .reduce((text, [name, value]) => text.replaceAll(name, value), expression);
}

/** Of panels, of annotations (each over a while, as Grafana asks them) and of variables (with the label that they list). */
export function ofDashboards(folder) {
  return readdirSync(folder).flatMap((file) => ofDashboard(file, JSON.parse(readFileSync(join(folder, file), 'utf8'))));
}

export function ofDashboard(file, { panels, annotations, templating }) {
  return [
    ...panels.flatMap((panel) => (panel.targets ?? []).map((target) => ({
      where: `${file}, "${panel.title}"`, expression: filled(target.expr),
    }))),
    ...annotations.list.map(({ name, target }) => ({
      where: `${file}, annotation ${name}`, expression: filled(target.expr), range: true,
    })),
    ...templating.list.filter(({ type }) => type === 'query').map(({ name, query }) => ({
      where: `${file}, variable ${name}`, ...listed(query),
    })),
  ];
}

/** label_values(selector, label) is Grafana's, not Prometheus'. */
function listed(query) {
  const [, selector, label] = query.match(/^label_values\((.+), (\w+)\)$/) ?? [];
  if (!label) throw new Error(`a variable should ask for label_values(selector, label): was ${query}`);
  return { expression: filled(selector), label };
}

/**
 * An alert's expression gives nothing as long as all is well; what is asked is what it compares: the
 * expression without its comparisons to numbers. Rules that nothing has raised yet have no series, so
 * the choice of rules is asked of the monitor's catalog instead.
 */
export function ofRules(groups) {
  return groups.flatMap((group) => group.rules).map((rule) => ({
    where: `rule ${rule.name}`,
    expression: rule.type === 'recording' ? rule.query : comparedBy(rule.query),
    rulesNamed: rulesNamed(rule.query),
  }));
}

function comparedBy(query) {
  return query.replace(/\s+(==|>|<)\s+[0-9.]+/g, '').replace(/\{rule=~?"[^"]*"\}/g, '');
}

function rulesNamed(query) {
  return [...query.matchAll(/rule=~?"([^"]*)"/g)].flatMap((match) => match[1].split('|'));
}
