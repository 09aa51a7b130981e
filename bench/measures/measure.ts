import type { Bench } from '../bench-context';
import type { Measured } from '../result';

/** A line of the table: what is measured, against what. */
export interface Measure {
  number: number;
  title: string;
  against: string;
  /** Throws Skip where the machine lacks something, and an error where the output is not right. */
  run(bench: Bench): Promise<Measured>;
}
