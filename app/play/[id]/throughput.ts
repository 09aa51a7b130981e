import type shaka from 'shaka-player/dist/shaka-player.ui';

type Shaka = typeof shaka;

/** Less than this is too little to tell a rate by. */
const leastBytes = 16_000;
const leastMs = 100;

/**
 * Measures how fast all downloads together are. Audio and video come at the same time: each alone seems to have only its part
 * of the line. Here time during which several downloads run counts once.
 */
export class Throughput {
  #bytes = 0;
  #ms = 0;
  #countedUntilMs = 0;

  /**
   * Takes in a piece of a download that has just come.
   * @param nowMs a clock's time
   * @param tookMs how long before now the wait for it began
   * @returns a rate to go by, as bytes in a time; null until there is enough
   */
  add(nowMs: number, tookMs: number, bytes: number): { ms: number; bytes: number } | null {
    this.#ms += Math.max(0, nowMs - Math.max(nowMs - tookMs, this.#countedUntilMs));
    this.#bytes += bytes;
    this.#countedUntilMs = nowMs;
    if (this.#bytes < leastBytes || this.#ms < leastMs) return null;
    const sample = { ms: this.#ms, bytes: this.#bytes };
    [this.#ms, this.#bytes] = [0, 0];
    return sample;
  }
}

/**
 * Shaka Player's own choice of quality, by the throughput of all downloads together. By itself it drops samples of less than
 * 16 kB: at 1.5 Mbit/s those are most, and what is left is the part of the line that one download had. The wait for an answer
 * is not counted, since small requests (init segments, indexes) consist of nothing else.
 */
export function newAbrManager(library: Shaka): shaka.extern.AbrManager {
  const manager = new library.abr.SimpleAbrManager();
  const throughput = new Throughput();
  const segmentDownloaded = manager.segmentDownloaded.bind(manager);
  manager.segmentDownloaded = (tookMs, bytes, allowSwitch, request, context) => {
    const waitedMs = request?.packetNumber === 1 ? (request.timeToFirstByte ?? 0) : 0;
    const sample = throughput.add(performance.now(), Math.max(0, tookMs - waitedMs), bytes);
    segmentDownloaded(sample?.ms ?? 0, sample?.bytes ?? 0, allowSwitch, request, context);
  };
  return manager;
}
