import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ofDashboard, ofRules } from './expressions.mjs';

const BARE = { panels: [], annotations: { list: [] }, templating: { list: [] } };

test('asks a panel with its variables filled in', () =>
  assert.deepEqual(ofDashboard('a.json', { ...BARE, panels: [{ title: 'Row' },
    { title: 'Why?', targets: [{ expr: 'rate(x{run=~"$run"}[$__rate_interval])' }] }] }),
  [{ where: 'a.json, "Why?"', expression: 'rate(x{run=~".*"}[30s])' }]));

test('asks an annotation over a while', () =>
  assert.deepEqual(ofDashboard('a.json', { ...BARE, annotations: { list: [{ name: 'Stops', target: { expr: 'x > 1' } }] } }),
    [{ where: 'a.json, annotation Stops', expression: 'x > 1', range: true }]));

test('asks a variable for the label that it lists, and takes no other kind of query', () => {
  const variable = (query) => ({ ...BARE, templating: { list: [{ type: 'query', name: 'run', query }, { type: 'textbox' }] } });
  assert.deepEqual(ofDashboard('a.json', variable('label_values(x{experiment=~"$experiment"}, run)')),
    [{ where: 'a.json, variable run', expression: 'x{experiment=~".*"}', label: 'run' }]);
  assert.throws(() => ofDashboard('a.json', variable('query_result(x)')), /label_values/);
});

test('asks an alert for what it compares, and the monitor for the rules that it names', () =>
  assert.deepEqual(ofRules([{ rules: [{ type: 'alerting', name: 'A', query: 'sum(x{rule=~"spike|gap"}) > 0.5' }] }]),
    [{ where: 'rule A', expression: 'sum(x)', rulesNamed: ['spike', 'gap'] }]));
