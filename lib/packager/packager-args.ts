import type { ContentKey } from '@/lib/media/content-key';
import { versionFiles } from '@/lib/media/file-names';
import type { PackagePlan } from '@/lib/media/package-plan';
import type { Scheme } from '@/lib/media/scheme';

/** A track to package: its clear file and what is said of it in the manifests. */
interface Input {
  kind: 'video' | 'audio';
  name: string;
  language: string;
}

export function packagerInputs(plan: PackagePlan): Input[] {
  return [
    ...plan.renditions.map(({ name }): Input => ({ kind: 'video', name, language: 'und' })),
    ...plan.audios.map(({ name, language }): Input => ({ kind: 'audio', name, language })),
  ];
}

/** Arguments that encrypt the clear tracks of a folder into a version's folder, with DASH and HLS manifests. */
export function packageArgs(
  plan: PackagePlan,
  scheme: Scheme,
  keyFile: string,
  versionFolder: string,
): readonly string[] {
  return [
    `--flagfile=${keyFile}`,
    ...packagerInputs(plan).map((input) => descriptor(input, versionFolder)),
    '--protection_scheme',
    scheme,
    '--protection_systems',
    'Common',
    // Encrypted from the first frame on.
    '--clear_lead',
    '0',
    '--segment_duration',
    String(plan.segmentSeconds),
    '--mpd_output',
    `${versionFolder}/${versionFiles.dash}`,
    '--hls_master_playlist_output',
    `${versionFolder}/${versionFiles.hls}`,
    '--temp_dir',
    '.',
    '--quiet',
  ];
}

function descriptor({ kind, name, language }: Input, folder: string): string {
  const parts = [
    `in=${name}.mp4`,
    `stream=${kind}`,
    `output=${folder}/${name}.mp4`,
    `playlist_name=${name}.m3u8`,
    `hls_name=${name}`,
    ...(kind === 'audio' ? ['hls_group_id=audio'] : []),
    ...(kind === 'audio' && language !== 'und' ? [`language=${language}`] : []),
  ];
  return parts.join(',');
}

/** Arguments that decrypt single-track files; `files` are input and output. */
export function decryptArgs(files: { input: string; output: string }[], keyFile: string): readonly string[] {
  return [
    `--flagfile=${keyFile}`,
    ...files.map(({ input, output }) => `in=${input},stream=0,output=${output}`),
    '--quiet',
  ];
}

/** The flag file that hands over keys: arguments can be read by every local user. */
export function keyFlags(keys: ContentKey[], use: 'encryption' | 'decryption'): string {
  const list = keys.map(({ kidHex, keyHex }) => `label=:key_id=${kidHex}:key=${keyHex}`).join(',');
  return `--enable_raw_key_${use}\n--keys=${list}\n`;
}
