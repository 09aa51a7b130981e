import { type Settings, toolEnvironment } from '@/lib/base/env';
import { AppError } from '@/lib/base/errors';
import { findProgram } from './find-program';
import type { ProcessGroups } from './process-groups';
import { sandboxedArgv, type Wrappers } from './sandbox-args';
import { spawnGroup } from './spawn-group';
import { limitsWithin, ownLimits, type ToolLimits, toolLimits } from './tool-limits';

/** The settings that say where tools are and how they are confined. */
export type ToolSettings = Pick<
  Settings,
  'FFMPEG_PATH' | 'FFPROBE_PATH' | 'SANDBOX' | 'BWRAP_PATH' | 'MAX_UPLOAD_BYTES'
>;

/** How tools are confined on this machine. */
export interface Sandbox {
  kind: 'bubblewrap' | 'none';
  wrappers: Wrappers;
  /** The limits of this process itself. */
  own: ToolLimits;
  /** Sentences for the operator: what is missing, and how to get it. */
  warnings: string[];
}

const checkSeconds = 20;

/**
 * Finds the sandbox of this machine by trying it.
 * @throws AppError `tool-missing` when the setting SANDBOX requires what does not work here, or tools would
 * have all of root's rights
 */
export async function findSandbox(settings: ToolSettings, groups: ProcessGroups): Promise<Sandbox> {
  const { SANDBOX } = settings;
  const found = (name: string) => findProgram(name, toolEnvironment().PATH)?.path ?? null;
  const limiters = { prlimit: found('prlimit'), nice: found('nice'), ionice: found('ionice') };
  const own = ownLimits();
  const { bwrap, reason } = await tryBubblewrap(settings, groups, limiters, own);
  if (bwrap === null) {
    const refusal = sandboxRefusal(SANDBOX, reason, process.geteuid?.() === 0);
    if (refusal) throw new AppError('tool-missing', refusal, { field: 'SANDBOX' });
  }
  const warnings = [
    ...(bwrap === null ? [`Tools run without a sandbox: ${reason}`] : []),
    ...(limiters.prlimit === null
      ? ['Tools run without limits on memory: prlimit was not found. Install it (Linux: util-linux).']
      : []),
  ];
  return { kind: bwrap === null ? 'none' : 'bubblewrap', wrappers: { ...limiters, bwrap }, own, warnings };
}

/** The reason why Cenclave must not start without a sandbox, and what to do; null where it may. */
export function sandboxRefusal(setting: Settings['SANDBOX'], reason: string, isRoot: boolean): string | null {
  if (setting === 'required') return `The setting SANDBOX is "required", but ${reason}`;
  if (setting === 'off' || !isRoot) return null;
  return `Cenclave runs as root, so FFmpeg would read uploads with all of root's privileges: ${reason} Run Cenclave as another user, make bubblewrap work, or set SANDBOX=off to start anyway.`;
}

/**
 * Containers may have the program and forbid its use, so it is tried: with ffmpeg, whose libraries the
 * sandbox must contain.
 */
async function tryBubblewrap(
  settings: ToolSettings,
  groups: ProcessGroups,
  limiters: Omit<Wrappers, 'bwrap'>,
  own: ToolLimits,
): Promise<{ bwrap: string; reason: null } | { bwrap: null; reason: string }> {
  const { SANDBOX, BWRAP_PATH, FFMPEG_PATH, MAX_UPLOAD_BYTES } = settings;
  const env = toolEnvironment();
  if (SANDBOX === 'off') return { bwrap: null, reason: 'the setting SANDBOX is "off".' };
  const bwrap = findProgram(BWRAP_PATH, env.PATH)?.path;
  const ffmpeg = findProgram(FFMPEG_PATH, env.PATH);
  if (!bwrap) {
    const reason = 'bubblewrap was not found. Install it (Debian, Ubuntu: apt-get install bubblewrap).';
    return { bwrap: null, reason };
  }
  // A missing ffmpeg is reported elsewhere.
  if (!ffmpeg) return { bwrap, reason: null };
  const limits = limitsWithin(toolLimits('light', checkSeconds, MAX_UPLOAD_BYTES), own);
  const allowance = { weight: 'light', limits, folder: null, reads: [], outbox: null } as const;
  const argv = sandboxedArgv(ffmpeg, ['-version'], allowance, { ...limiters, bwrap });
  const stop = AbortSignal.timeout(checkSeconds * 1000);
  const quiet = { folder: undefined, niceness: 0, onLine: undefined, onTooMuchOutput: () => {} };
  const { code, stderr } = await spawnGroup({ argv, env, stop, ...quiet }, groups);
  if (code === 0) return { bwrap, reason: null };
  const lastLine = stderr.trim().split('\n').at(-1) || `it ended with exit code ${code}`;
  const advice = 'In a container it needs permission to create namespaces (SYS_ADMIN, or a seccomp profile).';
  return { bwrap: null, reason: `bubblewrap does not work here (${lastLine}). ${advice}` };
}
