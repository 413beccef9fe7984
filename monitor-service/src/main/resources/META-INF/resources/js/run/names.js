// Which metrics a run has: of 10,000 epochs nobody looks through all again for one more.

export class Names {
  #looked = new WeakSet();
  #names = new Set();

  /** Sorted; what an epoch that is gone had stays among them. */
  of(epochs) {
    for (const epoch of epochs) {
      if (this.#looked.has(epoch)) continue;
      this.#looked.add(epoch);
      for (const name of Object.keys(epoch.metrics)) this.#names.add(name);
    }
    return [...this.#names].sort();
  }
}
