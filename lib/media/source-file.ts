import type { SourceProbe } from './source-probe';

/** An uploaded file, and how its timestamps are read. */
export interface SourceFile {
  path: string;
  /** See SourceProbe. */
  discontinuitySeconds: number | null;
}

/** The file of a probed source. */
export const sourceFile = (
  path: string,
  { discontinuitySeconds }: Pick<SourceProbe, 'discontinuitySeconds'> = {},
): SourceFile => ({
  path,
  discontinuitySeconds: discontinuitySeconds ?? null,
});
