// What a run's owner asks of its trainer: to pause it, to go on, to branch a new run off it.
import {element as e, say} from '../dom.js';
import {ask, post} from '../neighbors.js';

const MAY_PAUSE = ['QUEUED', 'PREPARING', 'RUNNING'];

/** @return called with each summary, to show the buttons that its phase allows */
export function ownerButtons($, id) {
  const path = `/trainer/v1/runs/${encodeURIComponent(id)}`;
  const said = $('owner-said');
  let asked; // the phase in which something was asked: another one is the answer
  let latest;

  async function order(verb, text) {
    asked = latest.phase;
    say(said, 'Asking the trainer…');
    try {
      await ask(`${path}/${verb}`, {method: 'POST'});
      say(said, asked ? text : '');
    } catch (problem) {
      asked = undefined;
      say(said, `The trainer refused: ${problem.message}`);
    }
    show();
  }

  async function branch(event) {
    event.preventDefault();
    say($('branch-fault'), '');
    const epochs = Number($('branch-epochs').value);
    const name = $('branch-name').value.trim();
    try {
      const run = await post(`${path}/branch`, {...(name && {name}), training: {epochs}});
      $('branching').close();
      said.replaceChildren('Branched: ', e('a', {href: `/run.html?id=${encodeURIComponent(run.run)}`}, run.run));
    } catch (problem) {
      say($('branch-fault'), `The trainer refused: ${problem.message}`);
    }
  }

  function show() {
    const {phase, outcome, lastEpoch} = latest;
    $('pause').hidden = outcome !== undefined || !MAY_PAUSE.includes(phase);
    $('resume').hidden = phase !== 'PAUSED';
    $('branch').hidden = lastEpoch === 0;
    $('pause').disabled = $('resume').disabled = asked !== undefined;
  }

  $('pause').addEventListener('click', () => order('pause', 'It pauses after the epoch that it is in.'));
  $('resume').addEventListener('click', () => order('resume', 'It waits for a free trainer.'));
  $('branch').addEventListener('click', () => {
    say($('branch-fault'), '');
    $('branch-epochs').value = Math.max(latest.plannedEpochs ?? 0, 2 * latest.lastEpoch);
    $('branching').showModal();
  });
  $('branching-form').addEventListener('submit', branch);
  $('branch-cancel').addEventListener('click', () => $('branching').close());

  return (summary) => {
    latest = summary;
    if (asked && asked !== summary.phase) {
      asked = undefined;
      say(said, '');
    }
    show();
  };
}
