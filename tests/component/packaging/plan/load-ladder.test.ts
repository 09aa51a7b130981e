import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultLadder } from '@/lib/packaging/plan/default-ladder';
import { loadLadder } from '@/lib/packaging/plan/load-ladder';
import { tempFolder } from '@/tests/harness/temp-folder';

function fileWith(text: string): string {
  const file = path.join(tempFolder(), 'ladder.json');
  writeFileSync(file, text);
  return file;
}
const load = (text: string) => loadLadder(fileWith(text));
const refused = (message: unknown) =>
  expect.objectContaining({ name: 'AppError', code: 'setting-invalid', field: 'LADDER_FILE', message });
const rung = '{ "height": 720, "crf": 22, "maxBps": 3000000 }';

describe('a ladder', () => {
  it('is the default where the file says nothing', () => {
    expect(load('{}')).toEqual(defaultLadder);
  });

  it.each<[string, object]>([
    ['{ "preset": "slow" }', { preset: 'slow' }],
    ['{ "segmentSeconds": 6 }', { segmentSeconds: 6 }],
    ['{ "segmentSeconds": 6, "keyframeSeconds": 1.5 }', { segmentSeconds: 6, keyframeSeconds: 1.5 }],
    ['{ "segmentSeconds": 1.5, "keyframeSeconds": 0.5 }', { segmentSeconds: 1.5, keyframeSeconds: 0.5 }],
    ['{ "maxFramesPerSecond": 30 }', { maxFramesPerSecond: 30 }],
    ['{ "leastStep": 0, "copyUpTo": 0 }', { leastStep: 0, copyUpTo: 0 }],
    [`{ "rungs": [${rung}] }`, { rungs: [{ height: 720, crf: 22, maxBps: 3_000_000 }] }],
    ['// mine\n{ /* slower */ "preset": "slow", }', { preset: 'slow' }],
  ])('takes %j, and the default for the rest', (text, expected) => {
    expect(load(text)).toEqual({ ...defaultLadder, ...expected });
  });

  it('has its rungs from the highest down, however they are written', () => {
    const rungs = [360, 2160, 720].map((height) => ({ height, crf: 20, maxBps: height * 1000 }));
    expect(load(JSON.stringify({ rungs })).rungs.map(({ height }) => height)).toEqual([2160, 720, 360]);
  });

  it('leaves the default as it is', () => {
    const before = structuredClone(defaultLadder);
    load(`{ "rungs": [${rung}] }`);
    load('{}').rungs.reverse();
    expect(defaultLadder).toEqual(before);
  });
});

describe('a wrong field', () => {
  it.each([
    ['{\n  "preset": "placebo"\n}', 2, 'preset'],
    ['{\n  "preset": 1\n}', 2, 'preset'],
    ['{\n\n  "segmentSeconds": 0.5\n}', 3, 'segmentSeconds'],
    ['{\n  "segmentSeconds": 11\n}', 2, 'segmentSeconds'],
    ['{\n  "segmentSeconds": "4"\n}', 2, 'segmentSeconds'],
    ['{\n  "keyframeSeconds": 0.1\n}', 2, 'keyframeSeconds'],
    ['{\n  "maxFramesPerSecond": 9\n}', 2, 'maxFramesPerSecond'],
    ['{\n  "maxFramesPerSecond": 121\n}', 2, 'maxFramesPerSecond'],
    ['{\n  "leastStep": -0.1\n}', 2, 'leastStep'],
    ['{\n  "leastStep": 1\n}', 2, 'leastStep'],
    ['{\n  "copyUpTo": -1\n}', 2, 'copyUpTo'],
    ['{\n  "copyUpTo": null\n}', 2, 'copyUpTo'],
    ['{\n  "rungs": []\n}', 2, 'rungs'],
    ['{\n  "rungs": {}\n}', 2, 'rungs'],
    [`{ "rungs": [\n${rung},\n{ "height": 721, "crf": 22, "maxBps": 3000000 }] }`, 3, 'rungs.1.height'],
    [`{ "rungs": [\n{ "height": 720,\n "crf": 52, "maxBps": 3000000 }] }`, 3, 'rungs.0.crf'],
    [`{ "rungs": [\n{ "height": 720,\n "crf": 22,\n "maxBps": 1000 }] }`, 4, 'rungs.0.maxBps'],
    [`{ "rungs": [\n${Array.from({ length: 13 }, () => rung).join(',\n')}] }`, 1, 'rungs'],
  ])('is reported with its line and name: %j', (text, line, field) => {
    const file = fileWith(text);
    const start = `The setting LADDER_FILE: ${file}, line ${line}: ${field}: `;
    expect(() => loadLadder(file)).toThrow(refused(expect.stringContaining(start)));
  });

  it.each([
    ['{\n  "presets": "slow"\n}', 'presets'],
    [`{ "rungs": [\n{ "height": 720, "crf": 22, "maxBps": 3000000, "fps": 30 }] }`, 'fps'],
  ])('that is unknown is reported with its name: %j', (text, field) => {
    expect(() => load(text)).toThrow(refused(expect.stringContaining(`"${field}"`)));
  });

  it.each([
    ['{\n"keyframeSeconds": 3 }', 2],
    ['{\n\n"segmentSeconds": 5 }', 3],
    ['{\n"segmentSeconds": 1 }', 2],
  ])('keyframes must divide segments: %j', (text, line) => {
    const message = `line ${line}: segmentSeconds must be a multiple of keyframeSeconds.`;
    expect(() => load(text)).toThrow(refused(expect.stringContaining(message)));
  });

  it('each height may occur once', () => {
    const rung = '{ "height": 720, "crf": 22, "maxBps": 3000000 }';
    const text = `{\n"rungs": [${rung}, ${rung}] }`;
    expect(() => load(text)).toThrow(
      refused(expect.stringContaining('line 2: rungs: each height may occur only once.')),
    );
  });

  it.each([
    [4, 2],
    [4.8, 2.4],
  ])('segments of %f s have keyframes every %f s', (segmentSeconds, keyframeSeconds) => {
    const times = { segmentSeconds, keyframeSeconds };
    expect(load(JSON.stringify(times))).toMatchObject(times);
  });

  // 4.2 / 1.4 is 3.0000000000000004 in floating point.
  it('segments of 4.2 s have keyframes every 1.4 s', () => {
    expect(load('{ "segmentSeconds": 4.2, "keyframeSeconds": 1.4 }')).toMatchObject({ keyframeSeconds: 1.4 });
  });

  // A missing field has no line of its own: the line of its rung is reported.
  it.each([
    [`{ "rungs": [\n{ "height": 720, "crf": 22 }] }`, 2, 'maxBps'],
    ['{\n  "presets": "slow"\n}', 2, 'presets'],
  ])('is reported with its line, also when it is missing or unknown: %j', (text, line, field) => {
    expect(() => load(text)).toThrow(refused(expect.stringMatching(`line ${line}: .*${field}`)));
  });
});

describe('a file that is not a ladder', () => {
  it.each([
    ['{\n  "preset": "slow"\n', 3, 'CloseBraceExpected'],
    ['{\n  "preset" "slow"\n}', 2, 'ColonExpected'],
    ['{ preset: "slow" }', 1, 'InvalidSymbol'],
    ['', 1, 'ValueExpected'],
  ])('is reported with its line: %j', (text, line, what) => {
    expect(() => load(text)).toThrow(refused(expect.stringContaining(`line ${line}: ${what}.`)));
  });

  it.each(['[]', '"slow"', 'null', '7'])('is reported as such: %j', (text) => {
    expect(() => load(text)).toThrow(refused(expect.stringContaining('line 1: the ladder: ')));
  });

  it('is reported when it does not exist', () => {
    const file = path.join(tempFolder(), 'none.json');
    expect(() => loadLadder(file)).toThrow(
      refused(`The setting LADDER_FILE: the file "${file}" cannot be read.`),
    );
  });
});
