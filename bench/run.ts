import { once } from 'node:events';
import { startChild } from '@/scripts/process/start-child.mjs';

/** Runs a command to its end and returns its standard output; throws with its errors when it fails. */
export async function run([command = '', ...args]: readonly string[], cwd = process.cwd()): Promise<string> {
  const { child, ended } = startChild([command, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let [output, errors] = ['', ''];
  child.stdout?.setEncoding('utf8').on('data', (text) => (output += text));
  child.stderr?.setEncoding('utf8').on('data', (text) => (errors += text));
  const { code, signal, notFound } = await ended;
  if (notFound) throw new Error(`${command} was not found.`);
  if (code !== 0) throw new Error(`${command} ended with ${code ?? signal}: ${errors.slice(-2000)}`);
  return output;
}

/** Measures how many seconds some work takes. */
export async function seconds(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1000;
}

export interface Program {
  pid: number;
  stop(): Promise<void>;
}

/** Starts a small server of `programs/`, which prints its port; it accepts requests when this returns. */
export async function startProgram(name: string, args: string[]): Promise<Program & { origin: string }> {
  const { child, end } = startChild([process.execPath, `bench/programs/${name}`, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (!child.stdout) throw new Error('No output.');
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data');
  return {
    pid: child.pid ?? 0,
    origin: `http://127.0.0.1:${Number.parseInt(String(line), 10)}`,
    stop: () => end(1000),
  };
}
