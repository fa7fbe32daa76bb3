import type { Engine } from './engine.ts';

/** Long waits are cut, so that a clock advanced by another process is noticed. Milliseconds. */
const LONGEST_WAIT_MS = 1000;

/**
 * Runs an engine's jobs as real time reaches them, for as long as a server runs. Without it, jobs run when the next
 * request comes.
 *
 * @param onError told when the state could not be written; the ticker goes on
 * @returns stops it
 */
export function startTicker(engine: Engine, onError: (error: unknown) => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const run = async () => {
    let due: number | undefined;
    try {
      due = await engine.tick();
    } catch (error) {
      if (!stopped) onError(error);
    }
    if (stopped) return;
    const wait = due === undefined ? LONGEST_WAIT_MS : (due - engine.clock.now()) * 1000;
    timer = setTimeout(run, Math.min(Math.max(wait, 50), LONGEST_WAIT_MS));
    timer.unref();
  };
  void run();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
