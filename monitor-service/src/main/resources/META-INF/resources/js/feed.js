// The monitor's stream. Nothing is lost between fetch and stream: the first heartbeat says that the
// stream stands, only then is the state fetched, and revisions tell what the state contains already.

const KINDS = ['run', 'epoch', 'decision', 'acknowledgement', 'alert', 'model', 'forgotten'];
const SILENCE = 16000; // three heartbeats
const SOONEST = 1000;
const LATEST = 8000;

/**
 * Follows the stream for ever.
 * @param on {connected(): the stream stands, fetch now; changed(kind, update); away()}
 */
export function follow(on) {
  let source;
  let watchdog;
  let wait = SOONEST;
  let next;

  function open() {
    let stands = false;
    source = new EventSource('/v1/events');
    heard();
    source.addEventListener('heartbeat', () => {
      heard();
      if (!stands) {
        stands = true;
        wait = SOONEST;
        on.connected();
      }
    });
    for (const kind of KINDS) {
      source.addEventListener(kind, (event) => {
        heard();
        on.changed(kind, JSON.parse(event.data));
      });
    }
    source.onerror = again;
  }

  function heard() {
    clearTimeout(watchdog);
    watchdog = setTimeout(again, SILENCE);
  }

  function again() {
    hush();
    on.away();
    next = setTimeout(open, wait);
    wait = Math.min(LATEST, wait * 2);
  }

  function hush() {
    clearTimeout(watchdog);
    clearTimeout(next);
    source.close();
  }

  // Browsers keep pages that were left, and their streams, and grant six connections in all.
  addEventListener('pagehide', hush);
  addEventListener('pageshow', ({persisted}) => persisted && open());
  open();
}

/** JSON of this origin; a failure is an Error that names the status. */
export async function fetched(path) {
  const response = await fetch(path, {headers: {accept: 'application/json'}});
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}
