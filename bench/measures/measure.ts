import type { Bench } from '../bench-context';
import type { Measured } from '../result';

/** A row of the table: what is measured, and what it is compared with. */
export interface Measure {
  number: number;
  title: string;
  against: string;
  /** Throws Skip if the machine lacks something, and an error if the output is wrong. */
  run(bench: Bench): Promise<Measured>;
}
