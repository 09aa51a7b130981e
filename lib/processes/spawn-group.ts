import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { endGroup, type ProcessGroups } from './process-groups';

/** A command to run in a process group of its own. */
export interface GroupRun {
  argv: readonly [string, ...string[]];
  env: Record<string, string>;
  folder: string | undefined;
  niceness: number;
  /** Ends the group when it fires. */
  stop: AbortSignal;
  /** Called for each line of standard output; without it, the output is collected. */
  onLine: ((line: string) => void) | undefined;
  /** Called when more output was collected than is allowed. */
  onTooMuchOutput(): void;
}

/** How a command ended. */
export interface Ended {
  code: number | null;
  signal: string | null;
  stdout: string;
  /** The end of standard error. */
  stderr: string;
}

const maxStdoutBytes = 64 * 1024 * 1024;
const maxStderrCharacters = 4000;

/**
 * Starts a command without a shell and waits for its end; the only spawn of the project. Rejects when it
 * can't start.
 */
export function spawnGroup(run: GroupRun, groups: ProcessGroups): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const [command, ...args] = run.argv;
    const child = spawn(command, args, {
      cwd: run.folder,
      env: { ...run.env, ...groups.mark } as Record<string, string> as NodeJS.ProcessEnv, // Next.js declares NODE_ENV as always there
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    lowerSession(child.pid, run.niceness);
    const untrack = groups.track(child.pid);
    const onStop = () => endGroup(child.pid);
    run.stop.addEventListener('abort', onStop);
    const stdout: string[] = [];
    let stdoutBytes = 0;
    let stderr = '';
    if (run.onLine) createInterface({ input: child.stdout }).on('line', run.onLine);
    else {
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        stdoutBytes += text.length;
        if (stdoutBytes > maxStdoutBytes) run.onTooMuchOutput();
        else stdout.push(text);
      });
    }
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-maxStderrCharacters);
    });
    const settle = () => {
      untrack();
      run.stop.removeEventListener('abort', onStop);
    };
    child.on('error', (error) => {
      settle();
      reject(error);
    });
    child.on('close', (code, signal) => {
      settle();
      resolve({ code, signal, stdout: stdout.join(''), stderr });
    });
  });
}

/**
 * Lowers the priority of a session: where Linux groups processes by session (sched(7), "The autogroup
 * feature"), a process's niceness counts only within its session.
 */
function lowerSession(leader: number | undefined, niceness: number): void {
  if (leader === undefined || process.platform !== 'linux') return;
  writeFile(`/proc/${leader}/autogroup`, String(niceness)).catch(() => {}); // not there, or already over
}
