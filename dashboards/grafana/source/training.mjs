import { curve, dashboard, number, table, variable } from './panels.mjs';

const runs = 'experiment=~"$experiment", run=~"$run"';
/** @param {string} metric */
const metric = (metric) => `bridle_run_metric{metric="${metric}", ${runs}}`;
const legend = '{{name}} {{run}}';

const experiment = () =>
  variable('experiment', 'Experiment', 'label_values(bridle_run_epoch, experiment)');
const run = () =>
  variable('run', 'Run', 'label_values(bridle_run_epoch{experiment=~"$experiment"}, run)');

export const overview = dashboard('bridle-training', 'Bridle: training overview',
  'Which runs learn, how far they are, and what the monitor decided.', [experiment(), run()], [
    ['Now', [
      number({ title: 'How many runs learn?', unit: 'short', queries: [[`count(bridle_run_epoch{${runs}})`, '']],
        description: 'Runs that sent an epoch and have not ended for more than five minutes.' }),
      number({ title: 'How many runs are known?', unit: 'short', queries: [['sum(bridle_monitor_runs)', '']],
        description: 'Runs in the live view of the console, ended ones included.' }),
      number({ title: 'How many runs wait for a trainer?', unit: 'short',
        queries: [['sum(bridle_trainer_queue_runs)', '']],
        description: 'Accepted and not begun. If it stays above 0, start a further trainer.' }),
      number({ title: 'How many alerts came in 15 minutes?', unit: 'short',
        queries: [['sum(bridle:alerts:last15m)', '']],
        description: 'Of all rules. The console tells each one\'s evidence and remedy.' }),
      number({ title: 'How many stops were signaled?', unit: 'short',
        queries: [['sum(bridle_monitor_decisions_total{action="StopTraining"})', '']],
        description: 'Since the monitor started.' }),
      number({ title: 'How many epochs are judged a second?', unit: 'ops',
        queries: [['sum(rate(bridle_monitor_epochs_total{intake="accepted"}[1m]))', '']],
        description: 'Over the last minute, all instances.' }),
    ]],
    ['Curves', [
      curve({ title: 'Do the runs still improve?', ofRuns: true, unit: 'none', queries: [[metric('validationLoss'), legend]],
        description: 'Validation loss of each run\'s last epoch.' }),
      curve({ title: 'Do they learn their training data by heart?', ofRuns: true, unit: 'none',
        queries: [[metric('generalizationGap'), legend]],
        description: 'Validation loss less training loss. A gap that grows is overfitting.' }),
      curve({ title: 'What do they achieve?', ofRuns: true, unit: 'percentunit',
        queries: [[`bridle_run_metric{metric=~".*/accuracy", ${runs}}`, `${legend} {{metric}}`]],
        description: 'Accuracy on validation data, per head.' }),
      curve({ title: 'How far are they?', ofRuns: true, unit: 'short', queries: [[`bridle_run_epoch{${runs}}`, legend]],
        description: 'The last epoch of each run.' }),
    ]],
    ['What the monitor decided', [
      curve({ title: 'Which rules raise alerts?', unit: 'short',
        queries: [['bridle:alerts:last15m', '{{rule}} ({{severity}})']],
        description: 'Alerts of the last 15 minutes by rule.' }),
      table({ title: 'Which rules stopped or changed runs?', unit: 'short',
        queries: [['sum by (rule, action) (bridle_monitor_decisions_total)', '']],
        description: 'Control signals since the monitor started.' }),
    ]],
  ]);

export const oneRun = dashboard('bridle-run', 'Bridle: one run',
  'The curves of one run, its learning rate and its heads.', [experiment(), run()], [
    ['Learning', [
      curve({ title: 'How far is it?', ofRuns: true, unit: 'short', queries: [[`bridle_run_epoch{${runs}}`, legend]], width: 6,
        description: 'The last epoch.' }),
      curve({ title: 'Does it learn, and does it generalize?', ofRuns: true, unit: 'none', width: 18, queries: [
        [metric('trainingLoss'), `training ${legend}`],
        [metric('trainingLossClean'), `training, without noise ${legend}`],
        [metric('validationLoss'), `validation ${legend}`]],
        description: 'Losses of the last epoch. The clean training loss is measured without dropout and noise.' }),
      curve({ title: 'How wide is the generalization gap?', ofRuns: true, unit: 'none',
        queries: [[metric('generalizationGap'), legend]],
        description: 'Validation loss less training loss: compare it with the clean training loss under strong dropout.' }),
      curve({ title: 'Was the learning rate reduced?', ofRuns: true, unit: 'sci', queries: [[metric('learningRate'), legend]],
        description: 'As scheduled, or by a control signal.' }),
    ]],
    ['Heads', [
      curve({ title: 'How good is each head?', ofRuns: true, unit: 'percentunit', queries: [
        [`bridle_run_metric{metric=~".*/(accuracy|trainingAccuracy|worstRecall)", ${runs}}`, `{{metric}} ${legend}`]],
        description: 'Accuracy on validation and training data, and the recall of the class that is recognized worst.' }),
      curve({ title: 'Is it as sure as it is right?', ofRuns: true, unit: 'none', queries: [
        [`bridle_run_metric{metric=~".*/(ece|nll)", ${runs}}`, `{{metric}} ${legend}`]],
        description: 'Expected calibration error and negative log-likelihood on validation data; less is better.' }),
    ]],
  ]);
