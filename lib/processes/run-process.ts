import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { AppError } from '@/lib/errors';
import { log } from '@/lib/log';
import { endGroup, trackGroup } from './process-groups';

export interface ProcessRequest {
  command: string;
  args: readonly string[];
  /** The folder that relative file names in the arguments are in. */
  folder?: string;
  /** Ends the process group when it fires. */
  signal?: AbortSignal | undefined;
  timeoutSeconds: number;
  /** Called for each line of standard output as it comes; without it, the output is collected. */
  onLine?: (line: string) => void;
}

export interface ProcessOutput {
  stdout: string;
  /** The end of standard error, with anything that looks like a key taken out. */
  stderr: string;
}

const maxStdoutBytes = 64 * 1024 * 1024;
const maxStderrCharacters = 4000;

/**
 * Runs a tool in a process group of its own, with an argument list and no shell; the only spawn of the project.
 * @throws AppError `tool-missing`, `tool-timeout`, `tool-failed` (its cause holds the end of standard error); the
 * signal's reason when aborted.
 */
export async function runProcess(request: ProcessRequest): Promise<ProcessOutput> {
  request.signal?.throwIfAborted();
  log().debug({ command: request.command, args: request.args }, 'Run');
  const limits = new AbortController();
  const timer = setTimeout(() => limits.abort(tooSlow(request)), request.timeoutSeconds * 1000);
  const stop = AbortSignal.any([limits.signal, ...(request.signal ? [request.signal] : [])]);
  try {
    const { code, killedBy, stdout, stderr } = await run(request, stop, limits);
    stop.throwIfAborted();
    if (code === 0) return { stdout, stderr };
    if (stderr.includes('No space left on device')) throw diskFull();
    throw new AppError(
      'tool-failed',
      `${nameOf(request.command)} ended with ${killedBy ?? `exit code ${code}`}.`,
      {
        cause: new Error(stderr),
      },
    );
  } finally {
    clearTimeout(timer);
  }
}

interface Ended extends ProcessOutput {
  code: number | null;
  killedBy: string | null;
}

function run(request: ProcessRequest, stop: AbortSignal, limits: AbortController): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(request.command, [...request.args], {
      cwd: request.folder,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const untrack = trackGroup(child.pid);
    const onStop = () => endGroup(child.pid);
    stop.addEventListener('abort', onStop);
    const stdout: string[] = [];
    let stdoutBytes = 0;
    let stderr = '';
    if (request.onLine) createInterface({ input: child.stdout }).on('line', request.onLine);
    else {
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        stdout.push(text);
        stdoutBytes += text.length;
        if (stdoutBytes > maxStdoutBytes) limits.abort(tooMuchOutput(request));
      });
    }
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-maxStderrCharacters);
    });
    const settle = () => {
      untrack();
      stop.removeEventListener('abort', onStop);
    };
    child.on('error', (error: NodeJS.ErrnoException) => {
      settle();
      reject(error.code === 'ENOENT' ? missing(request, error) : error);
    });
    child.on('close', (code, killedBy) => {
      settle();
      resolve({ code, killedBy, stdout: stdout.join(''), stderr: withoutKeys(stderr) });
    });
  });
}

/** Tools may repeat an option's value in a complaint: 32 hexadecimal digits could be a key. */
function withoutKeys(text: string): string {
  return text.replace(/\b[0-9a-f]{32}\b/gi, '[32 hexadecimal digits]').trim();
}

const nameOf = (command: string) => command.split('/').at(-1) ?? command;

const missing = ({ command }: ProcessRequest, cause: Error) =>
  new AppError(
    'tool-missing',
    `${nameOf(command)} was not found at "${command}". Install it, or set its path.`,
    { cause },
  );

const tooSlow = ({ command, timeoutSeconds }: ProcessRequest) =>
  new AppError(
    'tool-timeout',
    `${nameOf(command)} took more than ${Math.round(timeoutSeconds)} s and was ended.`,
  );

const diskFull = () =>
  new AppError('disk-full', 'The disk is full. Make room on the server, then try again.');

const tooMuchOutput = ({ command }: ProcessRequest) =>
  new AppError(
    'video-too-complex',
    `The file makes ${nameOf(command)} print more than 64 MiB; it is too complex.`,
  );
