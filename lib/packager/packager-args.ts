import type { KeyLabel, PackageKey, ProtectionSystem } from '@/lib/media/content-key';
import { iframePlaylist, versionFiles } from '@/lib/media/file-names';
import type { Scheme } from '@/lib/media/scheme';

/** A clear track to encrypt, and its description in the manifests. */
export interface PackagerTrack {
  kind: 'video' | 'audio';
  /** Its file's name without extension. */
  name: string;
  /** BCP-47; `und` when unknown. */
  language: string;
  /** The label that viewers see; null for video. */
  label: string | null;
  role: string | null;
  keyLabel: KeyLabel;
}

export interface PackageRequest {
  tracks: PackagerTrack[];
  scheme: Scheme;
  signalling: ProtectionSystem[];
  segmentSeconds: number;
  /** The folder for results and temporary files. */
  output: string;
}

const systemNames: Record<ProtectionSystem, string> = { widevine: 'Widevine', playready: 'PlayReady' };

/**
 * Cache size in bytes for each open file. The packager clears this much before it begins: its default of 32
 * MiB takes ten times as long as packaging a short video, and long ones are no slower with less.
 */
const smallCaches = ['--io_cache_size', String(2 ** 20)];

/**
 * Arguments that encrypt the clear tracks of a folder into a version's folder, with DASH and HLS manifests.
 */
export function packageArgs(request: PackageRequest, keyFile: string): string[] {
  const { tracks, scheme, signalling, segmentSeconds, output } = request;
  // biome-ignore format: one option a line
  return [
    `--flagfile=${keyFile}`,
    ...tracks.map((track) => descriptor(track, output)),
    '--protection_scheme', scheme,
    '--protection_systems', ['Common', ...signalling.map((system) => systemNames[system])].join(','),
    // Encrypted from the first frame on.
    '--clear_lead', '0',
    '--segment_duration', String(segmentSeconds),
    '--mpd_output', `${output}/${versionFiles.dash}`,
    '--hls_master_playlist_output', `${output}/${versionFiles.hls}`,
    '--temp_dir', output,
    ...smallCaches,
    '--quiet',
  ];
}

/** The files that the packager writes with packageArgs. */
export const packagedFiles = (tracks: PackagerTrack[]): string[] => [
  versionFiles.dash,
  versionFiles.hls,
  ...tracks.flatMap(({ kind, name }) => [
    `${name}.mp4`,
    `${name}.m3u8`,
    ...(kind === 'video' ? [iframePlaylist(name)] : []),
  ]),
];

function descriptor({ kind, name, language, role, keyLabel }: PackagerTrack, folder: string): string {
  const parts = [
    `in=${name}.mp4`,
    `stream=${kind}`,
    `output=${folder}/${name}.mp4`,
    `playlist_name=${name}.m3u8`,
    `hls_name=${name}`,
    `drm_label=${keyLabel}`,
    // The label makes a separate set for each audio track; the text that viewers see is put in later, since a
    // label with a comma would break this list.
    ...(kind === 'video' ? [`iframe_playlist_name=${iframePlaylist(name)}`] : []),
    ...(kind === 'audio' ? ['hls_group_id=audio', `dash_label=${name}`] : []),
    ...(role ? [`dash_roles=${role}`] : []),
    ...(kind === 'audio' && language !== 'und' ? [`language=${language}`] : []),
  ];
  return parts.join(',');
}

/** Arguments that decrypt single-track files; `files` are input and output. */
export function decryptArgs(files: { input: string; output: string }[], keyFile: string): readonly string[] {
  return [
    `--flagfile=${keyFile}`,
    ...files.map(({ input, output }) => `in=${input},stream=0,output=${output}`),
    ...smallCaches,
    '--quiet',
  ];
}

/** The flag file that hands over keys: every local user can read the arguments of a process. */
export function keyFlags(keys: PackageKey[], use: 'encryption' | 'decryption'): string {
  const list = keys.map(({ label, kidHex, keyHex }) => `label=${label}:key_id=${kidHex}:key=${keyHex}`);
  return `--enable_raw_key_${use}\n--keys=${list.join(',')}\n`;
}
