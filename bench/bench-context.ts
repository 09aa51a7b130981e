import type { Sizes } from './sizes';
import type { Found } from './tools';

/** Everything that measures work with. */
export interface Bench {
  sizes: Sizes;
  /** For all files of the run; it is deleted afterwards. */
  folder: string;
  /** The clip that is packaged. */
  clip: string;
  shortClip: string;
  ladderFile: string;
  tools: Found;
  /** Writes to stderr what is being done. */
  log(what: string): void;
  /** Runs when all measures are over. */
  atEnd(stop: () => Promise<unknown>): void;
  /** A value that several measures need, made once. */
  shared<Value>(name: string, make: () => Promise<Value>): Promise<Value>;
}

/** Thrown by a measure that needs something that this machine lacks. */
export class Skip extends Error {}

/** The address of the servers: looking up a name would be measured as well. */
export const host = '127.0.0.1';
