const started = performance.now();

/** @param {number} ms */
const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

/** Time since the script began, for a last line. @returns {string} */
export const elapsed = () => seconds(performance.now() - started);

/** @param {string} text */
export const say = (text) => process.stdout.write(`${text}\n`);

/**
 * Runs one named step and prints how long it took.
 * @template T
 * @param {string} name
 * @param {() => Promise<T> | T} work may answer with `{ note }` to print beside the name
 * @returns {Promise<T>}
 */
export async function step(name, work) {
  const from = performance.now();
  try {
    const result = await work();
    const note = result && typeof result === "object" && "note" in result ? ` (${String(result.note)})` : "";
    say(`[${elapsed().padStart(8)}] ${name}${note}: ${seconds(performance.now() - from)}`);
    return result;
  } catch (error) {
    say(`[${elapsed().padStart(8)}] ${name}: FAILED after ${seconds(performance.now() - from)}`);
    throw error;
  }
}
