import { describe, expect, it } from 'vitest';
import type { ProtectionSystem } from '@/lib/media/content-key';
import type { Scheme } from '@/lib/media/scheme';
import {
  decryptArgs,
  keyFlags,
  type PackageRequest,
  packageArgs,
  packagedFiles,
} from '@/lib/packager/packager-args';
import { valuesOf } from '@/tests/harness/sample-argv';
import { sampleKey, sampleTrack } from '@/tests/harness/sample-plan';

const english = sampleTrack({ kind: 'audio', name: 'audio-en', language: 'en', keyLabel: 'audio' });
const make = (changes: Partial<PackageRequest> = {}) =>
  packageArgs(
    {
      tracks: [sampleTrack()],
      scheme: 'cenc',
      signalling: [],
      segmentSeconds: 4,
      output: '../v2',
      ...changes,
    },
    'a1b2.flags',
  );
const descriptors = (args: readonly string[]) => args.filter((item) => item.startsWith('in='));

describe('the packaged files', () => {
  it('are those that the arguments name, and no other', () => {
    const tracks = [sampleTrack(), english];
    const named = make({ tracks, output: '../v2' }).flatMap((item) => [
      ...(item.startsWith('../v2/') ? [item.slice('../v2/'.length)] : []),
      ...[...item.matchAll(/\b(?:output=\.\.\/v2\/|playlist_name=)([^,]+)/g)].map(([, name]) => name),
      ...[...item.matchAll(/iframe_playlist_name=([^,]+)/g)].map(([, name]) => name),
    ]);
    expect([...packagedFiles(tracks)].sort()).toEqual([...new Set(named)].sort());
    expect(packagedFiles(tracks)).toHaveLength(7);
  });
});

describe('the packaging arguments', () => {
  it.each<Scheme>(['cenc', 'cbcs'])('encrypt with %s from the first frame on', (scheme) => {
    const unknown = sampleTrack({ kind: 'audio', name: 'audio-und', role: 'alternate' });
    const tracks = [sampleTrack({ keyLabel: 'hd' }), unknown, english];
    expect(make({ tracks, scheme })).toEqual([
      '--flagfile=a1b2.flags',
      'in=video-1080p.mp4,stream=video,output=../v2/video-1080p.mp4,playlist_name=video-1080p.m3u8,hls_name=video-1080p,drm_label=hd,iframe_playlist_name=video-1080p-iframes.m3u8',
      'in=audio-und.mp4,stream=audio,output=../v2/audio-und.mp4,playlist_name=audio-und.m3u8,hls_name=audio-und,drm_label=all,hls_group_id=audio,dash_label=audio-und,dash_roles=alternate',
      'in=audio-en.mp4,stream=audio,output=../v2/audio-en.mp4,playlist_name=audio-en.m3u8,hls_name=audio-en,drm_label=audio,hls_group_id=audio,dash_label=audio-en,dash_roles=main,language=en',
      '--protection_scheme',
      scheme,
      '--protection_systems',
      'Common',
      '--clear_lead',
      '0',
      '--segment_duration',
      '4',
      '--mpd_output',
      '../v2/manifest.mpd',
      '--hls_master_playlist_output',
      '../v2/master.m3u8',
      '--temp_dir',
      '../v2',
      '--io_cache_size',
      '1048576',
      '--quiet',
    ]);
  });

  // A default language would make its first track the default, whatever the role of the track.
  it('name no default language', () => {
    expect(make({ tracks: [english] })).not.toContain('--default_language');
  });

  it.each<[ProtectionSystem[], string]>([
    [[], 'Common'],
    [['widevine'], 'Common,Widevine'],
    [['playready'], 'Common,PlayReady'],
    [['widevine', 'playready'], 'Common,Widevine,PlayReady'],
  ])('signal %j', (signalling, expected) => {
    expect(valuesOf(make({ signalling }), '--protection_systems')).toEqual([expected]);
  });

  // Shaka Packager puts tracks of one language and codec into one AdaptationSet, whose members differ in
  // bitrate: a player would change from the main audio to the commentary when the connection gets slower.
  it('keep two audio tracks of one language in separate sets', () => {
    const commentary = sampleTrack({ ...english, name: 'audio-en-2', role: 'commentary' });
    const sets = descriptors(make({ tracks: [english, commentary] })).map(
      (descriptor) => /,dash_label=([^,]+)/.exec(descriptor)?.[1],
    );
    expect(sets).toEqual(['audio-en', 'audio-en-2']);
  });

  it.each(['Main, 5.1', 'a,output=/etc/passwd', '"x"', 'x'.repeat(200)])(
    'never hold a label: %j',
    (label) => {
      expect(make({ tracks: [{ ...english, label }] })).toEqual(make({ tracks: [english] }));
    },
  );
});

it('decrypts files one by one', () => {
  const files = [
    { input: 'video-1080p.mp4', output: 'right-video-1080p.mp4' },
    { input: 'audio-en.mp4', output: 'right-audio-en.mp4' },
  ];
  expect(decryptArgs(files, 'a1b2.flags')).toEqual([
    '--flagfile=a1b2.flags',
    'in=video-1080p.mp4,stream=0,output=right-video-1080p.mp4',
    'in=audio-en.mp4,stream=0,output=right-audio-en.mp4',
    '--io_cache_size',
    '1048576',
    '--quiet',
  ]);
});

describe('the flag file', () => {
  const other = {
    label: 'audio' as const,
    kidHex: '00000000000000000000000000000001',
    keyHex: '00000000000000000000000000000002',
  };

  it('passes one key for encryption', () => {
    expect(keyFlags([sampleKey], 'encryption')).toBe(
      '--enable_raw_key_encryption\n' +
        '--keys=label=all:key_id=a7e61c373e219033c21091fa607bf3b8:key=76a6c65c5ea762046bd749a2e632ccbb\n',
    );
  });

  it('passes several keys for decryption', () => {
    expect(keyFlags([{ ...sampleKey, label: 'hd' }, other], 'decryption')).toBe(
      '--enable_raw_key_decryption\n' +
        '--keys=label=hd:key_id=a7e61c373e219033c21091fa607bf3b8:key=76a6c65c5ea762046bd749a2e632ccbb,' +
        'label=audio:key_id=00000000000000000000000000000001:key=00000000000000000000000000000002\n',
    );
  });
});
