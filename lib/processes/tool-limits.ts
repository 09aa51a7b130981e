import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

const MiB = 1024 ** 2;
const GiB = 1024 ** 3;

/** Light runs probe, copy and check; heavy ones encode. */
export type Weight = 'light' | 'heavy';

/** The resource limits of a tool (setrlimit(2)). */
export interface ToolLimits {
  /** Private memory: heap, and the stacks of threads. */
  dataBytes: number;
  cpuSeconds: number;
  /** Of each file that it writes. */
  fileBytes: number;
  /** Processes and threads of this user. */
  processes: number;
}

/**
 * Memory by the number of cores, since each thread of a decoder or encoder holds its own frames. Measured: a
 * 4K source to seven rungs takes 2.6 GB on 2 cores (HDR 3.0, an 8K source 3.2) and 6.5 GB with 16 threads.
 */
const memory = {
  light: { base: 2 * GiB, each: 256 * MiB },
  heavy: { base: 4 * GiB, each: 512 * MiB },
} as const;

/** A track of 4K at the ladder's highest rate takes 8 GB an hour. */
const leastFileBytes = 64 * GiB;
const maxProcesses = 4096;

/** The limits of a run that may take `timeoutSeconds` and works on uploads of up to `maxUploadBytes`. */
export function toolLimits(
  weight: Weight,
  timeoutSeconds: number,
  maxUploadBytes: number,
  cores = availableParallelism(),
): ToolLimits {
  const { base, each } = memory[weight];
  return {
    dataBytes: base + each * cores,
    // A timer ends a run; this limit ends one whose server has died.
    cpuSeconds: Math.ceil(timeoutSeconds) * cores,
    fileBytes: Math.max(leastFileBytes, 4 * maxUploadBytes),
    processes: maxProcesses,
  };
}

/**
 * Limits within those of this process itself: its tools cannot have more, and requesting more is an error.
 */
export function limitsWithin(wanted: ToolLimits, own: ToolLimits): ToolLimits {
  return {
    dataBytes: Math.min(wanted.dataBytes, own.dataBytes),
    cpuSeconds: Math.min(wanted.cpuSeconds, own.cpuSeconds),
    fileBytes: Math.min(wanted.fileBytes, own.fileBytes),
    processes: Math.min(wanted.processes, own.processes),
  };
}

/** Parses the hard limits in Linux's table, as in /proc/self/limits. */
export function parseLimits(table: string): ToolLimits {
  const hard = (name: string) => {
    const value = new RegExp(`^Max ${name}\\s+\\S+\\s+(\\d+)`, 'm').exec(table)?.[1];
    return value === undefined ? Number.POSITIVE_INFINITY : Number(value);
  };
  return {
    dataBytes: hard('data size'),
    cpuSeconds: hard('cpu time'),
    fileBytes: hard('file size'),
    processes: hard('processes'),
  };
}

/** The hard limits of this process; infinite where the system does not report them. */
export function ownLimits(): ToolLimits {
  try {
    return parseLimits(readFileSync('/proc/self/limits', 'utf8'));
  } catch {
    return parseLimits('');
  }
}
