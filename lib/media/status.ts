/** The life of a package: queued → processing → ready | failed | canceled. */
export const packageStatuses = ['queued', 'processing', 'ready', 'failed', 'canceled'] as const;
export type PackageStatus = (typeof packageStatuses)[number];

/** The stages of work on a package, in order; `reserve` occurs only where it must wait for disk space. */
export const stages = ['reserve', 'probe', 'copy', 'encode', 'package', 'verify', 'publish'] as const;
export type Stage = (typeof stages)[number];
