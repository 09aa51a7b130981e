import { parseArgs } from 'node:util';
import { PlainError } from '@/scripts/plain-error.mjs';

export interface BenchOptions {
  isQuick: boolean;
  isJson: boolean;
  /** The numbers of the measures to run; null: all. */
  only: number[] | null;
}

const usage = 'npm run bench [-- --quick] [-- --json] [-- --only 1,2]';

/** Reads the arguments of the command. */
export function readOptions(argv: readonly string[], known: readonly number[]): BenchOptions {
  const { quick, json, only } = parse(argv);
  const numbers = only?.split(',').map(Number) ?? null;
  const unknown = numbers?.find((number) => !known.includes(number));
  if (unknown !== undefined)
    throw new PlainError(`--only takes numbers of measures, separated by commas: ${known.join(',')}.`);
  return { isQuick: quick ?? false, isJson: json ?? false, only: numbers };
}

function parse(argv: readonly string[]) {
  try {
    const options = {
      quick: { type: 'boolean' },
      json: { type: 'boolean' },
      only: { type: 'string' },
    } as const;
    return parseArgs({ args: [...argv], options }).values;
  } catch (error) {
    throw new PlainError(`${error instanceof Error ? error.message : error} Usage: ${usage}`);
  }
}
