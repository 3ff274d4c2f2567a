/** What was started and how to end it; ended in reverse order, each one even if another fails. */
export class Cleanup {
  /** @type {{ name: string, end: () => Promise<void> }[]} */
  #steps = [];
  #ending = false;

  /**
   * @param {string} name
   * @param {() => Promise<void>} end
   */
  add(name, end) {
    this.#steps.push({ name, end });
    // Started while everything was being ended: throwing stops whoever goes on.
    if (this.#ending) throw new Error(`${name} came up during the stop`);
  }

  /**
   * Ends everything, including what `work` still brings up before it notices.
   * @param {Promise<unknown>} work that may not have ended yet
   */
  async settle(work) {
    this.#ending = true;
    await this.#endAll();
    const patience = new Promise((resolve) => setTimeout(resolve, 5_000).unref());
    await Promise.race([work.catch(() => undefined), patience]); // its failure has been reported already
    await this.#endAll();
  }

  async #endAll() {
    for (let next = this.#steps.pop(); next; next = this.#steps.pop()) {
      try {
        await next.end();
      } catch (error) {
        console.error(`could not stop ${next.name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }
}
