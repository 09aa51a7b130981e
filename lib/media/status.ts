/** The life of a package: queued → processing → ready | failed | canceled. */
export const packageStatuses = ['queued', 'processing', 'ready', 'failed', 'canceled'] as const;
export type PackageStatus = (typeof packageStatuses)[number];

/** What the worker is doing with a package, in the order in which it happens; `reserve` only where it must wait for room. */
export const stages = ['reserve', 'probe', 'copy', 'encode', 'package', 'verify', 'publish'] as const;
export type Stage = (typeof stages)[number];
