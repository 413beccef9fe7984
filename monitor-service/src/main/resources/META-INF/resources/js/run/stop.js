// Asks the run's trainer to stop, as a rule would; nobody stops a run by a slip.
import {say} from '../dom.js';

const OVER = ['SUCCEEDED', 'FAILED', 'CANCELLED', 'EXPORTING'];

/** @return called with each summary, to show or hide the button */
export function stopButton($, id) {
  let asked = false;
  $('stop').addEventListener('click', () => $('sure').showModal());
  $('sure').addEventListener('close', () => {
    if ($('sure').returnValue === 'stop') ask();
    $('sure').returnValue = '';
  });

  async function ask() {
    asked = true;
    $('stop').disabled = true;
    say($('stop-said'), 'Asking the trainer…');
    try {
      const response = await fetch(`/v1/runs/${encodeURIComponent(id)}/stop`, {method: 'POST'});
      if (!response.ok) throw new Error((await response.json()).detail);
      say($('stop-said'), 'The trainer has been asked to stop.');
    } catch (error) {
      asked = false;
      $('stop').disabled = false;
      say($('stop-said'), `It was not asked to stop: ${error.message}`);
    }
  }

  return ({phase, outcome}) => {
    $('stop').hidden = outcome !== undefined || OVER.includes(phase);
    if ($('stop').hidden && asked) say($('stop-said'), '');
  };
}
