import { readFileSync } from 'node:fs';

/** Rules for system calls, of the OCI runtime specification. */
export interface SeccompRules {
  defaultAction: string;
  defaultErrnoRet?: number;
  syscalls: SeccompRule[];
}

interface SeccompRule {
  names: string[];
  action: string;
  errnoRet?: number;
  args?: { index: number; value: number; valueTwo?: number; op: string }[];
}

const anyNamespace = 0x7e02_0000;
const [notPermitted, notImplemented] = [1, 38]; // EPERM, ENOSYS

/** What Docker's own profile forbids, as far as bubblewrap needs it: namespaces and mounts. */
export const asDocker: SeccompRules = {
  defaultAction: 'SCMP_ACT_ALLOW',
  syscalls: [
    {
      names: ['mount', 'pivot_root', 'setns', 'umount2', 'unshare'],
      action: 'SCMP_ACT_ERRNO',
      errnoRet: notPermitted,
    },
    { names: ['clone3'], action: 'SCMP_ACT_ERRNO', errnoRet: notImplemented },
    ...[...Array(32).keys()]
      .map((bit) => (anyNamespace & (1 << bit)) >>> 0)
      .filter(Boolean)
      .map((flag) => ({
        names: ['clone'],
        action: 'SCMP_ACT_ERRNO',
        errnoRet: notPermitted,
        args: [{ index: 0, value: flag, valueTwo: flag, op: 'SCMP_CMP_MASKED_EQ' }],
      })),
  ],
};

/** A rule in a file of profiles, which says for which capabilities and machines it is. */
interface ProfileRule extends SeccompRule {
  includes?: { caps?: string[]; arches?: string[] };
  excludes?: { caps?: string[]; arches?: string[] };
}

/** Podman's profile, which deploy/compose.sandbox.yaml uses, for a container without capabilities. */
export function asPodman(file = '/usr/share/containers/seccomp.json'): SeccompRules {
  const profile: SeccompRules & { syscalls: ProfileRule[] } = JSON.parse(readFileSync(file, 'utf8'));
  const { defaultAction, defaultErrnoRet, syscalls } = profile;
  const isFor = (rule: ProfileRule) =>
    !rule.includes?.caps?.length &&
    (rule.includes?.arches?.includes('amd64') ?? true) &&
    !rule.excludes?.arches?.includes('amd64');
  return {
    defaultAction,
    ...(defaultErrnoRet === undefined ? {} : { defaultErrnoRet }),
    syscalls: syscalls.filter(isFor).map(({ names, action, errnoRet, args }) => ({
      names,
      action,
      ...(errnoRet === undefined ? {} : { errnoRet }),
      ...(args?.length ? { args } : {}),
    })),
  };
}
