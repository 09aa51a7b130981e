import type { PackageRequest } from '@/app/_features/packages/package-form';

/** waiting → sending → checking (the server probes the file) → requesting (a package); or failed. */
type UploadPhase = 'waiting' | 'sending' | 'checking' | 'requesting' | 'failed';

export interface Upload {
  id: number;
  file: File;
  request: PackageRequest;
  phase: UploadPhase;
  sentBytes: number;
  bytesPerSecond: number | null;
  /** The connection is lost, and the upload is being retried. */
  isLost: boolean;
  failure: string | null;
  /** Set once the server has the file: from then on a retry does not send it again. */
  videoId: number | null;
}

export interface UploadsState {
  uploads: readonly Upload[];
  /** Increases whenever the library may have something new to show. */
  arrivals: number;
}

/** How many uploads are not done yet, and the share of their bytes that has been sent (0 to 1). */
export function uploadTotals(uploads: readonly Upload[]): { running: number; progress: number } {
  const running = uploads.filter(({ phase }) => phase !== 'failed');
  const totalBytes = running.reduce((sum, { file }) => sum + file.size, 0);
  const sentBytes = running.reduce((sum, upload) => sum + sentOf(upload), 0);
  return { running: running.length, progress: totalBytes === 0 ? 0 : sentBytes / totalBytes };
}

/** The sent bytes of an upload. A retried package request sends nothing: its file has already arrived. */
function sentOf({ videoId, file, sentBytes }: Upload): number {
  return videoId === null ? sentBytes : file.size;
}

/** The seconds until all bytes of an upload have been sent; null while its speed is not known. */
export function secondsLeftOf({ file, sentBytes, bytesPerSecond }: Upload): number | null {
  if (bytesPerSecond === null || bytesPerSecond <= 0) return null;
  return (file.size - sentBytes) / bytesPerSecond;
}
