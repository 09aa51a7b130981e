import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type Bench, Skip } from './bench-context';
import { drawClip } from './clips';
import { allMeasures } from './measures/all-measures';
import type { Measure } from './measures/measure';
import type { BenchOptions } from './options';
import type { Result } from './result';
import { fullSizes, quickSizes } from './sizes';
import { describeMachine, findTools } from './tools';

export interface Report {
  isQuick: boolean;
  machine: ReturnType<typeof describeMachine>;
  tools: Record<string, string>;
  results: Result[];
}

/** Runs the requested measures, one after the other, and removes all that they wrote. */
export async function runBench({ isQuick, only }: BenchOptions): Promise<Report> {
  const machine = describeMachine();
  const kept = path.join(os.tmpdir(), 'cenclave-bench');
  await mkdir(kept, { recursive: true });
  const folder = await mkdtemp(path.join(kept, 'run-'));
  // Also when the process is stopped halfway, when `finally` does not run.
  const clear = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', clear);
  const ends: (() => Promise<unknown>)[] = [];
  try {
    const bench = await prepare(isQuick, kept, folder, ends);
    const chosen = allMeasures.filter(({ number }) => only === null || only.includes(number));
    const results: Result[] = [];
    for (const measure of chosen) results.push(await runOne(measure, bench));
    return { isQuick, machine, tools: bench.tools.versions, results };
  } finally {
    for (const end of ends.toReversed()) await end();
    clear();
  }
}

async function prepare(
  isQuick: boolean,
  kept: string,
  folder: string,
  ends: (() => Promise<unknown>)[],
): Promise<Bench> {
  const sizes = isQuick ? quickSizes : fullSizes;
  const log = (what: string) => console.error(`… ${what}`);
  log('looking for tools, generating clips');
  const clips = path.join(kept, 'clips');
  const ladderFile = path.join(folder, 'ladder.json');
  await writeFile(ladderFile, JSON.stringify({ rungs: sizes.rungs }));
  const made = new Map<string, Promise<unknown>>();
  return {
    sizes,
    folder,
    ladderFile,
    tools: await findTools(),
    clip: await drawClip(clips, sizes.clip),
    shortClip: await drawClip(clips, sizes.shortClip),
    log,
    atEnd: (stop) => void ends.push(stop),
    shared<Value>(name: string, make: () => Promise<Value>): Promise<Value> {
      const known = made.get(name) ?? make();
      made.set(name, known);
      return known as Promise<Value>; // each name is made by one function
    },
  };
}

async function runOne(measure: Measure, bench: Bench): Promise<Result> {
  const { number, title, against } = measure;
  const startedAt = performance.now();
  const load = (os.loadavg()[0] ?? 0).toFixed(1);
  bench.log(`${number}: ${title} (load ${load})`);
  try {
    const measured = await measure.run(bench);
    for (const { name, value, unit } of measured.figures)
      bench.log(`${number}: ${name} ${Number(value.toPrecision(3))} ${unit}`);
    return { number, title, against, outcome: 'measured', ...measured };
  } catch (error) {
    const outcome = error instanceof Skip ? 'skipped' : 'failed';
    const reason = error instanceof Error ? error.message : String(error);
    bench.log(
      `${number} ${outcome}: ${error instanceof Error && outcome === 'failed' ? error.stack : reason}`,
    );
    return { number, title, against, outcome, reason };
  } finally {
    bench.log(`${number} took ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  }
}
