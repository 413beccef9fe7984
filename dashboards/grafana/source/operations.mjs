import { curve, dashboard, number, variable } from './panels.mjs';

/** @param {string} name @param {string} by @param {number} q */
const quantile = (name, by, q) =>
  `histogram_quantile(${q}, sum by (le${by}) (rate(${name}_bucket[$__rate_interval])))`;

export const monitor = dashboard('bridle-monitor', 'Bridle: monitor operations',
  'Whether the monitor keeps up, decides in time and is obeyed.', [], [
    ['Does it keep up?', [
      curve({ title: 'Are all services there?', unit: 'bool_on_off', width: 8,
        queries: [['up{job="bridle"}', '{{service}} {{instance}}']],
        description: 'Whether each answers Prometheus.' }),
      curve({ title: 'Do records wait to be judged?', unit: 'short', width: 8,
        queries: [['max by (topic) (bridle_monitor_lag_records)', '{{topic}}'],
          ['max(bridle_monitor_view_lag_records)', 'live view']],
        description: 'Records that the topology and the live view have yet to read. It should return to 0.' }),
      curve({ title: 'What comes in?', unit: 'ops', width: 8,
        queries: [['sum by (type) (rate(bridle_monitor_events_total[$__rate_interval]))', '{{type}}']],
        description: 'Events that the judge took in, by type.' }),
      curve({ title: 'What became of the epochs?', unit: 'ops',
        queries: [['sum by (intake) (rate(bridle_monitor_epochs_total[$__rate_interval]))', '{{intake}}']],
        description: 'Accepted, or passed over as duplicate, late, or of a superseded attempt.' }),
      curve({ title: 'Does anybody write what can\'t be read?', unit: 'short',
        queries: [['sum by (topic) (bridle_monitor_dead_letters_total)', '{{topic}}']],
        description: 'Malformed records since the start; each is in the dead-letter topic with its reason.' }),
    ]],
    ['Is it in time, and is it obeyed?', [
      curve({ title: 'How long does a decision take?', unit: 's', queries: [
        [quantile('bridle_monitor_decision_latency_seconds', '', 0.5), 'median'],
        [quantile('bridle_monitor_decision_latency_seconds', '', 0.99), 'p99']],
        description: 'From the end of an epoch to the decision that it caused.' }),
      curve({ title: 'How long until a trainer answers a signal?', unit: 's', queries: [
        [quantile('bridle_monitor_signal_roundtrip_seconds', ', outcome', 0.99), 'p99 {{outcome}}']],
        description: 'The round trip of a control signal, by its outcome.' }),
      number({ title: 'How many signals wait for an answer?', unit: 'short', width: 6,
        queries: [['sum(bridle_monitor_waiting_signals)', '']], description: 'And have not expired.' }),
      number({ title: 'How many never got one?', unit: 'short', width: 6,
        queries: [['sum(bridle_monitor_unanswered_signals)', '']], description: 'Expired without an answer.' }),
      number({ title: 'Do events wait on a trainer\'s disk?', unit: 'short', width: 6,
        queries: [['sum(bridle_trainer_spool_depth_events)', '']],
        description: 'More than a moment\'s worth means that Kafka doesn\'t take them; training goes on.' }),
      number({ title: 'Are malformed signals sent to trainers?', unit: 'short', width: 6,
        queries: [['sum(bridle_trainer_signals_total{result="malformed"})', '']], description: 'Since the start.' }),
    ]],
    ['Processes', [
      curve({ title: 'How much of a processor does each take?', unit: 'percentunit',
        queries: [['process_cpu_usage{job="bridle"}', '{{service}}']], description: 'Of all processors, per process.' }),
      curve({ title: 'How much heap does each use?', unit: 'bytes',
        queries: [['sum by (service) (jvm_memory_used_bytes{job="bridle", area="heap"})', '{{service}}']],
        description: 'Used, before and after collections.' }),
    ]],
  ]);

const model = () => variable('model', 'Model', 'label_values(bridle_inference_rows_total, model)');
const ofModel = 'model=~"$model"';

export const inference = dashboard('bridle-inference', 'Bridle: inference operations',
  'Whether predictions come in time, and where their time goes.', [model()], [
    ['Requests', [
      curve({ title: 'How many requests come, and how do they end?', unit: 'reqps',
        queries: [['sum by (mode, outcome) (rate(bridle_inference_requests_total[$__rate_interval]))', '{{mode}} {{outcome}}']],
        description: 'Plain and sampled; refused is the client\'s fault, busy too much load, failed the server\'s.' }),
      curve({ title: 'How long does an answer take?', unit: 's', queries: [
        [quantile('bridle_inference_duration_seconds', ', mode', 0.5), 'median {{mode}}'],
        [quantile('bridle_inference_duration_seconds', ', mode', 0.99), 'p99 {{mode}}']],
        description: 'From the request\'s body to the answer\'s.' }),
      curve({ title: 'Do requests wait, or compute?', unit: 's', queries: [
        [`sum by (model) (rate(bridle_inference_queue_duration_seconds_sum{${ofModel}}[$__rate_interval])) / sum by (model) (rate(bridle_inference_queue_duration_seconds_count{${ofModel}}[$__rate_interval]))`, 'waits {{model}}'],
        [`sum by (model) (rate(bridle_inference_compute_duration_seconds_sum{${ofModel}}[$__rate_interval])) / sum by (model) (rate(bridle_inference_compute_duration_seconds_count{${ofModel}}[$__rate_interval]))`, 'computes {{model}}']],
        description: 'Means per request.' }),
      curve({ title: 'How many wait now?', unit: 'short', queries: [['sum(bridle_inference_pending_requests)', 'pending']],
        description: 'Requests without a turn yet. At the queue\'s capacity further ones are refused.' }),
    ]],
    ['Work', [
      curve({ title: 'How many rows are answered?', unit: 'ops', width: 8,
        queries: [[`sum by (model) (rate(bridle_inference_rows_total{${ofModel}}[$__rate_interval]))`, '{{model}}']],
        description: 'Rows a second, by model.' }),
      curve({ title: 'How many requests share a run?', unit: 'none', width: 8, queries: [
        [`sum by (model) (rate(bridle_inference_compute_duration_seconds_count{${ofModel}}[$__rate_interval])) / sum by (model) (rate(bridle_inference_executions_total{${ofModel}}[$__rate_interval]))`, '{{model}}']],
        description: '1 without load; more where plain requests wait for the same model.' }),
      curve({ title: 'How many sub-networks are drawn?', unit: 'ops', width: 8,
        queries: [['sum(rate(bridle_inference_samples_total[$__rate_interval]))', 'samples']],
        description: 'Samples a second, of requests that succeeded.' }),
      number({ title: 'What becomes of events?', unit: 'short', width: 6,
        queries: [['sum by (outcome) (bridle_inference_events_total)', '{{outcome}}']],
        description: 'Answers and drifts for Kafka: sent, or dropped as the buffer was full, Kafka failed, or an answer was oversized.' }),
      number({ title: 'How many models are served?', unit: 'short', width: 6,
        queries: [['sum(bridle_inference_models_loaded_models)', '']], description: 'Versions that are loaded.' }),
      number({ title: 'How many could not be loaded?', unit: 'short', width: 6,
        queries: [['sum(bridle_inference_load_failures_models_total)', '']],
        description: 'The repository\'s index tells why.' }),
    ]],
  ]);

/** @param {string} measure */
const mean = (measure) => {
  const name = `bridle_inference_uncertainty_${measure}`;
  return `sum by (model, output) (rate(${name}_sum{${ofModel}}[$__rate_interval])) / sum by (model, output) (rate(${name}_count{${ofModel}}[$__rate_interval]))`;
};
/** @param {string} measure @param {number} q */
const share = (measure, q) =>
  `histogram_quantile(${q}, sum by (le, model) (rate(bridle_inference_uncertainty_${measure}_bucket{${ofModel}}[$__rate_interval])))`;

export const uncertainty = dashboard('bridle-uncertainty', 'Bridle: uncertainty',
  'How sure the predictions are, what they are unsure about, and whether that drifts.', [model()], [
    ['How sure is it?', [
      curve({ title: 'How uncertain are the predictions?', unit: 'none', queries: [
        [mean('predictive_entropy'), 'mean {{model}}'],
        [share('predictive_entropy', 0.9), 'p90 {{model}}']],
        description: 'Predictive entropy in nats; 0 is certain, ln C knows nothing.' }),
      curve({ title: 'Do the sub-networks disagree?', unit: 'none', queries: [
        [mean('mutual_information'), 'mean {{model}}'],
        [share('mutual_information', 0.9), 'p90 {{model}}']],
        description: 'Mutual information in nats: what more training data of this kind would teach.' }),
      curve({ title: 'Are the inputs ambiguous in themselves?', unit: 'none',
        queries: [[mean('expected_entropy'), '{{model}} {{output}}']],
        description: 'Expected entropy in nats: what every sub-network finds undecided.' }),
      curve({ title: 'By how much does the best class lead?', unit: 'percentunit',
        queries: [[mean('margin'), '{{model}} {{output}}']], description: 'Margin of the predictive mean.' }),
    ]],
    ['Does it drift?', [
      curve({ title: 'Is it more uncertain than over the day?', unit: 'none', queries: [
        [`bridle:predictive_entropy_nats:mean10m{${ofModel}} / bridle:predictive_entropy_nats:mean1d{${ofModel}}`, '{{model}} {{output}}']],
        description: 'Predictive entropy of ten minutes over that of a day. At 1.5 BridleEntropyDrift fires.' }),
      curve({ title: 'Is it as uncertain as when it was calibrated?', unit: 'none', queries: [
        [`bridle_inference_drift_distance{${ofModel}}`, '{{model}} {{output}} {{measure}}'],
        [`bridle_inference_drift_raised{${ofModel}}`, 'drift {{model}} {{output}} {{measure}}']],
        description: 'Kolmogorov-Smirnov distance of the last rows from the calibration\'s: 0 is the same, 1 has nothing in common. A drift is 1 while it lasts; BridleUncertaintyDrift fires then.' }),
      curve({ title: 'How many sub-networks vote otherwise?', unit: 'percentunit',
        queries: [[mean('variation_ratio'), '{{model}} {{output}}']], description: 'Variation ratio.' }),
      curve({ title: 'How exact are the answers?', unit: 'none', queries: [[mean('mean_se'), '{{model}} {{output}}']],
        description: 'Standard error of the predictive mean: what drawing more samples would improve.' }),
      curve({ title: 'How many samples does a request take?', unit: 'short', queries: [
        [`sum by (model) (rate(bridle_inference_samples_used_samples_sum{${ofModel}}[$__rate_interval])) / sum by (model) (rate(bridle_inference_samples_used_samples_count{${ofModel}}[$__rate_interval]))`, '{{model}}']],
        description: 'Fewer than asked for where a target or a deadline ended the drawing.' }),
    ]],
    ['Is it calibrated?', [
      curve({ title: 'Were the models calibrated when they were trained?', ofRuns: true, unit: 'none',
        queries: [['bridle_run_metric{metric=~".*/ece"}', '{{name}} {{metric}}']],
        description: 'Expected calibration error on validation data of the runs that learn.' }),
      curve({ title: 'How good were answers whose truth came later?', unit: 'none', queries: [
        [`bridle_inference_live_accuracy{${ofModel}}`, 'accuracy {{model}} {{output}}'],
        [`bridle_inference_live_brier{${ofModel}}`, 'Brier {{model}} {{output}}'],
        [`bridle_inference_live_ece{${ofModel}}`, 'ECE {{model}} {{output}}']],
        description: 'Over the last labeled rows. The Brier score and the calibration error are better the smaller.' }),
      curve({ title: 'Do sets and intervals hold the truth as often as promised?', unit: 'percentunit', queries: [
        [`bridle_inference_live_coverage{${ofModel}}`, 'holds {{model}} {{output}}'],
        [`bridle_inference_live_coverage_promised{${ofModel}}`, 'promised {{model}} {{output}}']],
        description: 'Over the last labels. BridleCoverageLoss fires where it is 4 standard errors less.' }),
      curve({ title: 'How many truths came?', unit: 'short', queries: [
        [`bridle_inference_live_rows{${ofModel}}`, 'rows {{model}} {{output}}'],
        ['sum by (outcome) (bridle_inference_labels_answers_total)', 'answers {{outcome}}']],
        description: 'Rows that the live scores are over, and answers whose labels came since the start: joined, unknown, malformed.' }),
    ]],
  ]);
