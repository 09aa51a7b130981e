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
 * Traces every tool from now on, through the settings that name programs, with the sandbox around it or
 * without. Must be called before any setting is read. The returned function gives the calls since its
 * last call.
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
  const seen = new Set<string>();
  return () => {
    const logs = readdirSync(folder).filter((name) => name.startsWith('log.') && !seen.has(name));
    for (const name of logs) seen.add(name);
    return logs.map((name) => callsIn(readFileSync(path.join(folder, name), 'utf8')));
  };
}

/** The calls of a trace that the tool itself made: the sandbox makes its own before and beside it. */
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
