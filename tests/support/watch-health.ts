import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';

/**
 * Asks a server for its health again and again until a message comes; runs in a thread of its own, so that what the test itself
 * does isn't counted. Answers with the `HealthTaken`.
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
