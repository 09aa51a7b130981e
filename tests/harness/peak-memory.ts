import { readFileSync } from 'node:fs';

const everyMilliseconds = 25;

/**
 * Watches the descendants of this process. The returned function stops that, and returns the most memory
 * (bytes) that one of them has held.
 */
export function watchMemory(): () => number {
  let peak = 0;
  const timer = setInterval(() => {
    for (const id of descendants(process.pid)) peak = Math.max(peak, peakOf(id));
  }, everyMilliseconds);
  return () => {
    clearInterval(timer);
    return peak;
  };
}

function descendants(id: number): number[] {
  const children = read(`/proc/${id}/task/${id}/children`).split(' ').filter(Boolean).map(Number);
  return children.flatMap((child) => [child, ...descendants(child)]);
}

const peakOf = (id: number) => Number(/VmHWM:\s+(\d+) kB/.exec(read(`/proc/${id}/status`))?.[1] ?? 0) * 1024;

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // it has ended meanwhile
  }
}
