import type { Sizes } from './sizes';
import type { Found } from './tools';

/** What measures work with. */
export interface Bench {
  sizes: Sizes;
  /** For all that is written; it is gone after. */
  folder: string;
  /** The clip that is packaged. */
  clip: string;
  shortClip: string;
  ladderFile: string;
  tools: Found;
  /** Tells on stderr what is being done. */
  tell(what: string): void;
  /** Runs when all measures are over. */
  atEnd(stop: () => Promise<unknown>): void;
  /** What several measures need, made once. */
  shared<Value>(name: string, make: () => Promise<Value>): Promise<Value>;
}

/** Thrown by a measure that lacks something of this machine. */
export class Skip extends Error {}
