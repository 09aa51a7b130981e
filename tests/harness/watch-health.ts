import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';

/**
 * Requests the health of a server again and again until a message comes, and answers that with the
 * `HealthTimes`. Runs in its own thread, so that the work of the test itself is not counted.
 */
const taken: number[] = [];
const faults: string[] = [];
let isOver = false;
parentPort?.once('message', () => (isOver = true));

while (!isOver) {
  const begun = performance.now();
  const answer = await fetch(`${workerData}/api/health`).catch((error) => ({ status: String(error) }));
  if (answer.status !== 200) faults.push(`health: ${answer.status}`);
  taken.push(performance.now() - begun);
  await sleep(50);
}
taken.sort((a, b) => a - b);
const [medianMs, worstMs] = [taken[Math.floor(taken.length / 2)], taken.at(-1)].map((ms) =>
  Math.round(ms ?? 0),
);
parentPort?.postMessage({ medianMs, worstMs, faults });
