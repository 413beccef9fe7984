// Draws what changed, and leaves the page to its reader.

const SOONEST = 60; // milliseconds between two looks
const LEISURE = 4; // as long as a look took, so often the page is free for its reader

export class Pace {
  #draw;
  #timer = 0;
  #pause = SOONEST;

  /** @param draw shows everything that changed since it was called last */
  constructor(draw) {
    this.#draw = draw;
  }

  /** Something changed by itself. */
  later() {
    // Not requestAnimationFrame alone: a page in the background gets no frames and would pile up.
    this.#timer ||= setTimeout(() => requestAnimationFrame(() => this.now()), this.#pause);
  }

  /** The reader asked for something, who doesn't wait for what changes by itself. */
  now() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    const begin = performance.now();
    this.#draw();
    this.#pause = Math.max(SOONEST, LEISURE * (performance.now() - begin));
  }
}
