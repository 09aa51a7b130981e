import type { PackageRequest } from '@/app/_features/packages/package-form';
import { errorMessageOf } from '@/app/_lib/api-client';
import type { UploadCallbacks } from './send-file';
import type { Upload, UploadsState } from './upload';

/** The queue's dependencies; tests provide their own. */
export interface UploadSteps {
  /** @throws ApiError, or anything once the signal is aborted */
  sendFile: (file: File, events: UploadCallbacks, signal: AbortSignal) => Promise<{ id: number }>;
  requestPackage: (videoId: number, request: PackageRequest) => Promise<unknown>;
  nowMs: () => number;
}

const atOnce = 2;
/** Browsers report up to 20 times a second; numbers that change so often are unreadable. */
const reportEveryMs = 250;

const fresh = {
  phase: 'waiting',
  sentBytes: 0,
  bytesPerSecond: null,
  isLost: false,
  failure: null,
  videoId: null,
} as const satisfies Partial<Upload>;

/** Sends files, two at a time, and requests a package of each. Finished uploads leave the list. */
export class UploadQueue {
  private state: UploadsState = { uploads: [], arrivals: 0 };
  private readonly listeners = new Set<() => void>();
  private readonly running = new Map<number, AbortController>();
  private nextId = 1;

  constructor(private readonly steps: UploadSteps) {}

  readonly snapshot = (): UploadsState => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  add(files: readonly File[], request: PackageRequest): void {
    const added = files.map((file): Upload => ({ ...fresh, id: this.nextId++, file, request }));
    this.set([...this.state.uploads, ...added]);
    this.startWaiting();
  }

  /** Stops an upload, whatever it is doing, and takes it off the list. */
  remove(id: number): void {
    this.running.get(id)?.abort();
    this.set(this.state.uploads.filter((upload) => upload.id !== id));
  }

  retry(id: number): void {
    this.change(id, { phase: 'waiting', failure: null, sentBytes: 0, bytesPerSecond: null });
    this.startWaiting();
  }

  private startWaiting(): void {
    for (const upload of this.state.uploads) {
      if (this.running.size >= atOnce) return;
      if (upload.phase === 'waiting' && !this.running.has(upload.id)) void this.run(upload);
    }
  }

  private async run(upload: Upload): Promise<void> {
    const aborter = new AbortController();
    this.running.set(upload.id, aborter);
    try {
      const videoId = upload.videoId ?? (await this.send(upload, aborter.signal));
      this.change(upload.id, { phase: 'requesting', videoId });
      await this.steps.requestPackage(videoId, upload.request);
      this.set(this.state.uploads.filter(({ id }) => id !== upload.id));
    } catch (error) {
      // A canceled upload is already off the list; then this changes nothing.
      this.change(upload.id, { phase: 'failed', isLost: false, failure: errorMessageOf(error) });
    } finally {
      this.running.delete(upload.id);
      this.state = { ...this.state, arrivals: this.state.arrivals + 1 };
      this.notify();
      this.startWaiting();
    }
  }

  private async send(upload: Upload, signal: AbortSignal): Promise<number> {
    const { file, id } = upload;
    this.change(id, { phase: 'sending' });
    let samples: Sample[] = [];
    const onSent = (bytes: number) => {
      const atMs = this.steps.nowMs();
      const isAllSent = bytes >= file.size;
      if (!isAllSent && atMs - (samples.at(-1)?.atMs ?? -reportEveryMs) < reportEveryMs) return;
      samples = withSample(samples, { atMs, bytes });
      const phase = isAllSent ? 'checking' : 'sending';
      this.change(id, { sentBytes: bytes, bytesPerSecond: rateOf(samples), phase, isLost: false });
    };
    const onLost = () => {
      // The upload continues from the server's offset, so the speed is measured anew.
      samples = [];
      this.change(id, { phase: 'sending', bytesPerSecond: null, isLost: true });
    };
    return (await this.steps.sendFile(file, { onSent, onLost }, signal)).id;
  }

  private change(id: number, change: Partial<Upload>): void {
    this.set(this.state.uploads.map((upload) => (upload.id === id ? { ...upload, ...change } : upload)));
  }

  private set(uploads: readonly Upload[]): void {
    this.state = { ...this.state, uploads };
    this.notify();
  }

  private notify(): void {
    for (const listener of this.listeners) listener();
  }
}

/** How many bytes had been sent at a moment (in milliseconds of one clock). */
export interface Sample {
  atMs: number;
  bytes: number;
}

const windowMs = 5000;
const shortestMs = 500;

/**
 * Adds a sample and drops those older than five seconds, so that the rate follows the network without
 * jumping.
 */
export function withSample(samples: readonly Sample[], sample: Sample): Sample[] {
  return [...samples.filter(({ atMs }) => sample.atMs - atMs <= windowMs), sample];
}

/** Bytes per second over the samples; null while there are too few. */
export function rateOf(samples: readonly Sample[]): number | null {
  const first = samples[0];
  const last = samples.at(-1);
  if (first === undefined || last === undefined || last.atMs - first.atMs < shortestMs) return null;
  return ((last.bytes - first.bytes) * 1000) / (last.atMs - first.atMs);
}
