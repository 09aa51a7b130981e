/** The life of a package: queued → processing → ready | failed | canceled. */
export const packageStatuses = ['queued', 'processing', 'ready', 'failed', 'canceled'] as const;
export type PackageStatus = (typeof packageStatuses)[number];

/** What the worker is doing with a package, in the order in which it happens. */
export const stages = ['probe', 'copy', 'encode', 'package', 'verify', 'publish'] as const;
export type Stage = (typeof stages)[number];

const followers: Record<PackageStatus, readonly PackageStatus[]> = {
  queued: ['processing', 'failed', 'canceled'],
  processing: ['queued', 'ready', 'failed', 'canceled'],
  ready: ['queued'],
  failed: ['queued'],
  canceled: ['queued'],
};

/** Whether a package may go from one status to another. `queued` again means: tried again, or a new version. */
export function mayFollow(from: PackageStatus, to: PackageStatus): boolean {
  return followers[from].includes(to);
}

/** Whether nothing more happens to a package by itself. */
export function isSettled(status: PackageStatus): boolean {
  return status === 'ready' || status === 'failed' || status === 'canceled';
}
