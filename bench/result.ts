/** The target of a figure. */
type Reach = { atMost: number } | { atLeast: number };

/** A figure of a measure, and its target. */
export interface Figure {
  name: string;
  value: number;
  unit: string;
  reach: Reach;
}

/** A completed measure, with the proof from the same run that its output was right. */
export interface Measured {
  ours: number[];
  theirs: number[];
  /** Of ours and theirs. */
  unit: string;
  figures: Figure[];
  proofs: string[];
  notes: string[];
}

/** A measure in the table: completed, skipped for lack of something, or failed. */
export type Result = { number: number; title: string; against: string } & (
  | ({ outcome: 'measured' } & Measured)
  | { outcome: 'skipped' | 'failed'; reason: string }
);

export function isMet({ value, reach }: Pick<Figure, 'value' | 'reach'>): boolean {
  return 'atMost' in reach ? value <= reach.atMost : value >= reach.atLeast;
}
