import { constants } from 'node:os';
import { toolEnvironment } from '@/lib/base/env';
import { AppError } from '@/lib/base/errors';
import { log } from '@/lib/base/log';
import { diskFull } from '@/lib/storage/disk-full';
import { findProgram } from './find-program';
import type { Outbox } from './outbox';
import { ProcessGroups } from './process-groups';
import { findSandbox, type Sandbox, type ToolSettings } from './sandbox';
import { nicenessOf, sandboxedArgv } from './sandbox-args';
import { type Ended, spawnGroup } from './spawn-group';
import { limitsWithin, toolLimits, type Weight } from './tool-limits';

export interface ProcessRequest {
  command: string;
  args: readonly string[];
  /** The base of relative names in the arguments, which the tool may read; the outbox by default. */
  folder?: string;
  /** Files outside its folder that it may read. */
  reads?: readonly string[];
  /** The only place that it may write into: see withOutbox. */
  outbox?: Outbox;
  /** What it may take of the machine; `light` by default. */
  weight?: Weight;
  /** Ends the process group when it fires. */
  signal?: AbortSignal | undefined;
  timeoutSeconds: number;
  /** Called for each line of standard output as it comes; without it, the output is collected. */
  onLine?: (line: string) => void;
}

export interface ProcessOutput {
  stdout: string;
  /** The end of standard error, with anything that looks like a key removed. */
  stderr: string;
}

/** Runs tools: one for each process, so that it knows all that run. */
export class ToolRunner {
  readonly groups = new ProcessGroups();
  private found: Promise<Sandbox> | null = null;

  constructor(readonly settings: ToolSettings) {}

  /** The sandbox, found once. Errors: see findSandbox. */
  sandbox(): Promise<Sandbox> {
    this.found ??= findSandbox(this.settings, this.groups);
    return this.found;
  }

  /**
   * Runs a tool in a process group of its own, with an argument list and no shell, within limits and, where
   * the machine has one, in a sandbox. Every tool is run by this function.
   * @throws AppError `tool-missing`, `tool-timeout`, `tool-failed` (its cause holds the end of standard
   * error), `video-too-complex`, `disk-full`; the signal's reason when aborted.
   */
  async run(request: ProcessRequest): Promise<ProcessOutput> {
    request.signal?.throwIfAborted();
    const bounds = await this.commandOf(request);
    const limits = new AbortController();
    const timer = setTimeout(() => limits.abort(tooSlow(request)), clockMilliseconds(request));
    const stop = AbortSignal.any([limits.signal, ...(request.signal ? [request.signal] : [])]);
    try {
      stop.throwIfAborted();
      const group = {
        ...bounds,
        folder: request.folder ?? request.outbox?.folder,
        stop,
        onLine: request.onLine,
        onTooMuchOutput: () => limits.abort(tooMuchOutput(request)),
      };
      const ended = await spawnGroup(group, this.groups);
      stop.throwIfAborted();
      return outputOf(request, ended);
    } finally {
      clearTimeout(timer);
    }
  }

  /** The whole command, with its wrappers, and the environment of the tool. */
  private async commandOf(request: ProcessRequest) {
    const { command, args, folder = null, reads = [], weight = 'light', timeoutSeconds } = request;
    const outbox = request.outbox?.folder ?? null;
    const variables = toolEnvironment();
    const program = findProgram(command, variables.PATH);
    if (!program) throw missing(request);
    const { wrappers, own } = await this.sandbox();
    const limits = limitsWithin(toolLimits(weight, timeoutSeconds, this.settings.MAX_UPLOAD_BYTES), own);
    const argv = sandboxedArgv(program, args, { weight, limits, folder, reads, outbox }, wrappers);
    log().debug({ argv }, 'Run');
    // Shaka Packager writes manifests to a temporary file first.
    const env = outbox === null ? variables : { ...variables, TMPDIR: outbox };
    return { argv, env, niceness: nicenessOf(weight) };
  }
}

/** Node.js fires a timer of more than this (24.8 days) at once. */
const longestTimer = 2 ** 31 - 1;
const clockMilliseconds = ({ timeoutSeconds }: ProcessRequest) =>
  Math.min(timeoutSeconds * 1000, longestTimer);

/** The signal that ended a program, which bubblewrap reports as a shell does. */
const signalNumber = ({ code, signal }: Ended) =>
  signal ? constants.signals[signal as NodeJS.Signals] : code !== null && code > 128 ? code - 128 : 0;

/** Messages of FFmpeg and of Shaka Packager, which does not always report why it could not write. */
const fullDiskWords =
  /No space left on device|running out of disk space|Fail(ed)? to write( to)? (file|playlist)/;

function outputOf(request: ProcessRequest, ended: Ended): ProcessOutput {
  const stderr = withoutKeys(ended.stderr);
  if (ended.code === 0) return { stdout: ended.stdout, stderr };
  if (fullDiskWords.test(stderr)) throw diskFull(new Error(stderr));
  const number = signalNumber(ended);
  if (number === constants.signals.SIGXFSZ) throw tooMuchWritten(request);
  const name = Object.entries(constants.signals).find(([, value]) => value === number)?.[0];
  const how = name ?? `exit code ${ended.code}`;
  const message = `${nameOf(request.command)} ended with ${how}.`;
  // An outside signal: the system was short of memory, or somebody ended it.
  if (how === 'SIGKILL' || how === 'SIGTERM') throw new AppError('tool-killed', message);
  throw new AppError('tool-failed', message, { cause: new Error(stderr) });
}

/**
 * Removes possible keys: tools may quote an option's value in an error, and 32 hexadecimal digits could be a
 * key.
 */
function withoutKeys(text: string): string {
  return text.replace(/\b[0-9a-f]{32}\b/gi, '[32 hexadecimal digits]').trim();
}

const nameOf = (command: string) => command.split('/').at(-1) ?? command;

const missing = ({ command }: ProcessRequest) =>
  new AppError(
    'tool-missing',
    `${nameOf(command)} was not found at "${command}". Install it, or set its path.`,
  );

const tooSlow = ({ command, timeoutSeconds }: ProcessRequest) =>
  new AppError(
    'tool-timeout',
    `${nameOf(command)} took more than ${Math.round(timeoutSeconds)} s and was ended.`,
  );

const tooMuchOutput = ({ command }: ProcessRequest) =>
  new AppError(
    'video-too-complex',
    `The file makes ${nameOf(command)} print more than 64 MiB; it is too complex.`,
  );

const tooMuchWritten = ({ command }: ProcessRequest) =>
  new AppError('video-too-complex', `The file makes ${nameOf(command)} write a file that is too large.`);
