import type shaka from 'shaka-player/dist/shaka-player.ui';

type Shaka = typeof shaka;

/** Fewer bytes than this are too few to compute a rate. */
const leastBytes = 16_000;
const leastMs = 100;

/**
 * Measures the throughput of all downloads together. Audio and video download at the same time, and each by
 * itself seems to have only part of the bandwidth. Here, time during which several downloads run counts once.
 */
export class Throughput {
  #bytes = 0;
  #ms = 0;
  #countedUntilMs = 0;

  /**
   * Records a chunk of a download that has just arrived.
   * @param nowMs the current time of any clock
   * @param tookMs how long ago the wait for the chunk started
   * @returns a new sample: a number of bytes and the time they took; null until there are enough
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
 * Shaka Player's own adaptation, with the throughput of all downloads together. By default it drops samples
 * of less than 16 kB: at 1.5 Mbit/s these are most samples, and the rest reflect the bandwidth of one
 * download only. The wait for a response is not counted, since small requests (init segments, indexes)
 * consist of nothing else.
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
