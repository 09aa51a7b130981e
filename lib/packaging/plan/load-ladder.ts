import { readFileSync } from 'node:fs';
import {
  findNodeAtLocation,
  getNodeValue,
  type JSONPath,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import { z } from 'zod';
import { AppError } from '@/lib/errors';
import type { Ladder } from '@/lib/media/ladder';
import { defaultLadder } from './default-ladder';

const presets = [
  'ultrafast',
  'superfast',
  'veryfast',
  'faster',
  'fast',
  'medium',
  'slow',
  'slower',
  'veryslow',
];

const rungSchema = z.strictObject({
  height: z.int().min(64).max(4320).multipleOf(2),
  crf: z.number().min(0).max(51),
  maxBps: z.int().min(50_000).max(200_000_000),
});

/** Every field may be left out; the default applies then. */
const ladderSchema = z
  .strictObject({
    preset: z.enum(presets),
    segmentSeconds: z.number().min(1).max(10),
    keyframeSeconds: z.number().min(0.5).max(10),
    maxFramesPerSecond: z.number().min(10).max(120),
    leastStep: z.number().min(0).max(0.9),
    copyUpTo: z.number().min(0).max(100),
    rungs: z.array(rungSchema).min(1).max(12),
  })
  .partial();

/**
 * Reads a ladder from a JSON file (comments are allowed).
 * @throws AppError `setting-invalid`, naming the line and what is wrong there
 */
export function loadLadder(file: string): Ladder {
  const text = readText(file);
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  const refuse = (offset: number, what: string): never => {
    const line = text.slice(0, offset).split('\n').length;
    throw invalid(`${file}, line ${line}: ${what}.`);
  };
  const [syntax] = errors;
  if (syntax) refuse(syntax.offset, printParseErrorCode(syntax.error));
  const result = ladderSchema.safeParse(tree && getNodeValue(tree));
  const offsetOf = (path: JSONPath): number => {
    const node = tree && findNodeAtLocation(tree, path);
    return node ? node.offset : path.length > 0 ? offsetOf(path.slice(0, -1)) : 0;
  };
  if (!result.success) {
    const issue = result.error.issues[0];
    const unknown = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
    const at = [...(issue?.path ?? []), ...unknown] as JSONPath; // zod's symbols cannot come from JSON
    refuse(offsetOf(at), `${at.join('.') || 'the ladder'}: ${issue?.message ?? 'invalid'}`);
  }
  const ladder = { ...defaultLadder, ...result.data } as Ladder; // parsed by the schema above
  ladder.rungs = ladder.rungs.toSorted((a, b) => b.height - a.height);
  const parts = ladder.segmentSeconds / ladder.keyframeSeconds;
  if (Math.abs(parts - Math.round(parts)) > 1e-6) {
    const field =
      tree && findNodeAtLocation(tree, ['keyframeSeconds']) ? 'keyframeSeconds' : 'segmentSeconds';
    refuse(offsetOf([field]), 'segmentSeconds must be a multiple of keyframeSeconds');
  }
  const heights = ladder.rungs.map(({ height }) => height);
  if (new Set(heights).size < heights.length)
    refuse(offsetOf(['rungs']), 'rungs: each height may occur only once');
  return ladder;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw invalid(`the file "${file}" cannot be read.`, cause);
  }
}

const invalid = (what: string, cause?: unknown) =>
  new AppError('setting-invalid', `The setting LADDER_FILE: ${what}`, { field: 'LADDER_FILE', cause });
