import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** What a tool asked the system for. */
export interface ToolCalls {
  tool: string;
  /** Paths that it opened, or tried to. */
  opened: string[];
  /** Calls that make or use a socket. */
  sockets: string[];
}

const strace = process.env.STRACE_PATH || 'strace';
const traced = ['-f', '-qq', '-s', '4096', '-e', 'trace=execve,open,openat,socket,connect'];

/** Whether processes may be traced here: containers may forbid it. */
export function canTrace(): boolean {
  try {
    execFileSync(strace, ['-f', '-qq', '-o', '/dev/null', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/**
 * Lets every tool be traced from now on, by way of the settings that name programs: with the sandbox around it, or each
 * without. To be called before a setting is read. Gives what was traced since the last time.
 */
export function traceTools(folder: string, sandbox: 'required' | 'off'): () => ToolCalls[] {
  process.env.SANDBOX = sandbox;
  const programs =
    sandbox === 'off' ? { FFMPEG_PATH: 'ffmpeg', FFPROBE_PATH: 'ffprobe' } : { BWRAP_PATH: 'bwrap' };
  for (const [setting, name] of Object.entries(programs)) {
    const program = process.env[setting] || name;
    const script = path.join(folder, name);
    const command = [strace, ...traced, '-o', `${folder}/log.$$`, program].join(' ');
    writeFileSync(script, `#!/bin/sh\nexec ${command} "$@"\n`);
    chmodSync(script, 0o755);
    process.env[setting] = script;
  }
  const told = new Set<string>();
  return () => {
    const logs = readdirSync(folder).filter((name) => name.startsWith('log.') && !told.has(name));
    for (const name of logs) told.add(name);
    return logs.map((name) => callsIn(readFileSync(path.join(folder, name), 'utf8')));
  };
}

/** Of a trace, what came from the tool itself: the sandbox makes its own calls before and beside it. */
function callsIn(log: string): ToolCalls {
  const lines = log.split('\n').filter(Boolean);
  const starts = lines.findLastIndex((line) => /execve(\(| resumed>).* = 0$/.test(line));
  const own = processOf(lines[starts]);
  const started = lines
    .slice(0, starts + 1)
    .findLast((line) => /execve\("/.test(line) && processOf(line) === own);
  const others = new Set(lines.slice(0, starts).map(processOf));
  others.delete(own);
  const calls = lines.slice(starts + 1).filter((line) => !others.has(processOf(line)));
  return {
    tool: /execve\("([^"]*)"/.exec(started ?? '')?.[1] ?? 'none',
    opened: calls.flatMap((line) => /\bopen(?:at)?\([^"]*"([^"]*)"/.exec(line)?.[1] ?? []),
    sockets: calls.filter((line) => /\b(socket|connect)\(/.test(line)),
  };
}

const processOf = (line = '') => line.split(' ')[0] ?? '';
