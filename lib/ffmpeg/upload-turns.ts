import { availableParallelism } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import pLimit from 'p-limit';

/** Runs tools on an upload when it is its turn. */
export type Turns = <Result>(look: () => Promise<Result>) => Promise<Result>;

/** Valid files probe faster than this. */
const turnMilliseconds = 5000;

/**
 * When many uploads end at once, only a few are probed at a time: starting a tool blocks the event loop for
 * milliseconds, and each takes memory. A slow one gives its turn to the next.
 */
export function newUploadTurns(): Turns {
  const turns = pLimit(Math.max(4, availableParallelism()));
  return async (look) => {
    const { looking } = await turns(async () => {
      const running = { looking: look() };
      const ended = running.looking.catch(() => {});
      await Promise.race([ended, setTimeout(turnMilliseconds, null, { ref: false })]);
      return running;
    });
    return await looking;
  };
}
