// What every dashboard is made of. Built with Grafana's own typed builders, so that a field or a
// value that Grafana doesn't know is an error of the type check.
import {
  AnnotationQueryBuilder, DashboardBuilder, DashboardLinkBuilder, DatasourceVariableBuilder,
  QueryVariableBuilder, RowBuilder, TextBoxVariableBuilder, VariableRefresh,
} from '@grafana/grafana-foundation-sdk/dashboard';
import {
  LegendDisplayMode, LegendPlacement, VizLegendOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as Stat } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as Table } from '@grafana/grafana-foundation-sdk/table';
import { PanelBuilder as TimeSeries } from '@grafana/grafana-foundation-sdk/timeseries';

const DATASOURCE = { type: 'prometheus', uid: '${datasource}' };

/**
 * @typedef {object} Question
 * @property {string} title the question that the panel answers
 * @property {string} description what is shown, and what to do with it
 * @property {string} unit of Grafana's catalog
 * @property {Array<[string, string]>} queries each an expression and its legend
 * @property {number} [width] of 24 columns
 * @property {boolean} [ofRuns] whether each series is a run's, and leads to its page in the console
 */

/** @param {TimeSeries | Stat | Table} panel @param {Question} question @param {boolean} instant */
function filled(panel, question, instant) {
  panel.title(question.title).description(question.description).unit(question.unit)
    .datasource(DATASOURCE).height(8).span(question.width ?? 12);
  if (question.ofRuns) panel.dataLinks([page()]);
  question.queries.forEach(([expression, legend], at) => {
    const query = new DataqueryBuilder().refId('ABCDEF'[at]).expr(expression).legendFormat(legend);
    panel.withTarget(instant ? query.instant() : query);
  });
  return panel;
}

/** Of the run under the pointer, in the console. */
function page() {
  return new DashboardLinkBuilder('The run in the console').targetBlank(true)
    .url('${console}/run.html?id=${__field.labels.run}');
}

/** @param {Question} question */
export const curve = (question) => filled(
  new TimeSeries().legend(new VizLegendOptionsBuilder().showLegend(true)
    .displayMode(LegendDisplayMode.List).placement(LegendPlacement.Bottom).calcs([])),
  question, false);

/** @param {Question} question */
export const number = (question) => filled(new Stat(), { width: 4, ...question }, true).height(4);

/** @param {Question} question */
export const table = (question) => filled(new Table(), question, true);

/**
 * @param {string} name @param {string} label @param {string} query
 */
export function variable(name, label, query) {
  return new QueryVariableBuilder(name).label(label).datasource(DATASOURCE).query(query)
    .refresh(VariableRefresh.OnTimeRangeChanged).includeAll(true).multi(true).allValue('.*');
}

/**
 * @param {string} uid @param {string} title @param {string} description
 * @param {QueryVariableBuilder[]} variables
 * @param {Array<[string, Array<TimeSeries | Stat | Table>]>} rows
 */
export function dashboard(uid, title, description, variables, rows) {
  const builder = new DashboardBuilder(title).uid(uid).description(description)
    .tags(['bridle']).refresh('5s').time({ from: 'now-30m', to: 'now' }).timezone('browser').readonly()
    .withVariable(new DatasourceVariableBuilder('datasource').label('Data source').type('prometheus'))
    .withVariable(new TextBoxVariableBuilder('console').label('Console').defaultValue('http://localhost:8080'))
    .link(new DashboardLinkBuilder('Console').type(/** @type {any} */ ('link'))
      .url('${console}').tooltip('The console: runs, alerts, signals').targetBlank(true))
    .link(new DashboardLinkBuilder('Bridle').type(/** @type {any} */ ('dashboards'))
      .tags(['bridle']).asDropdown(true).keepTime(true))
    .annotation(annotation('Stops', 'red', 'Signals to stop',
      risen('bridle_monitor_decisions_total{action="StopTraining"}')))
    .annotation(annotation('Alerts', 'orange', 'Alerts raised',
      risen('bridle_monitor_alerts_total')));
  variables.forEach((each) => builder.withVariable(each));
  let id = 0;
  for (const [row, panels] of rows) {
    builder.withRow(new RowBuilder(row).id(id += 1));
    panels.forEach((panel) => builder.withPanel(panel.id(id += 1)));
  }
  return builder.build();
}

/** @param {string} counter that begins at 1, which increase() doesn't see */
function risen(counter) {
  const now = `sum by (rule) (${counter})`;
  return `${now} > (sum by (rule) (${counter} offset 1m) or 0 * ${now})`;
}

/**
 * @param {string} name @param {string} color @param {string} title @param {string} expression
 */
function annotation(name, color, title, expression) {
  const target = { expr: expression, refId: 'A', title, text: '{{rule}}' };
  return new AnnotationQueryBuilder().name(name).datasource(DATASOURCE).enable(true).iconColor(color)
    .expr(expression).target(/** @type {any} */ ({ build: () => target }));
}
