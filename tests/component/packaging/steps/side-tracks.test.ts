import { linkSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { elementsOf, parseMpd } from '@/lib/formats/dash/dash-document';
import type { TextTrack } from '@/lib/media/text-track';
import { planStoryboard } from '@/lib/packaging/plan/plan-storyboard';
import { addSideTracks } from '@/lib/packaging/steps/side-tracks';
import { describeStoryboard } from '@/lib/packaging/steps/storyboard';
import { sampleMpd } from '@/tests/harness/sample-mpd';
import { sampleMasterPlaylist } from '@/tests/harness/sample-playlists';
import { filesBelow, tempFolder } from '@/tests/harness/temp-folder';

const text: TextTrack = { file: 'text-de.vtt', language: 'de', label: 'Deutsch', role: 'subtitle' };
const manifests = { 'manifest.mpd': sampleMpd, 'master.m3u8': sampleMasterPlaylist };

/** A version without side tracks, and the folder that they come from. */
async function open() {
  const root = tempFolder();
  const [version, from] = ['v1', 'tracks'].map((name) => path.join(root, name)) as [string, string];
  for (const folder of [version, from]) mkdirSync(folder);
  for (const [name, content] of Object.entries(manifests)) writeFileSync(path.join(version, name), content);
  for (const name of ['text-de.vtt', 'thumbnails-1.jpg', 'thumbnails-2.jpg', 'video-1080p.mp4'])
    writeFileSync(path.join(from, name), name);
  await describeStoryboard(from, planStoryboard({ width: 1920, height: 1080 }, 40));
  const kindsIn = (folder: string) =>
    elementsOf(parseMpd(readFileSync(path.join(folder, 'manifest.mpd'), 'utf8')), 'AdaptationSet').map(
      (set) => set.getAttribute('contentType'),
    );
  return { root, version, from, kindsIn };
}

it('adds text tracks and thumbnails, all that the next version needs, and no clear track', async () => {
  const { version, from, kindsIn } = await open();
  await addSideTracks(version, from, { texts: [text], durationSeconds: 40 });
  expect(await filesBelow(version)).toEqual([
    'manifest.mpd',
    'master.m3u8',
    'storyboard.json',
    'text-de.m3u8',
    'text-de.vtt',
    'thumbnails-1.jpg',
    'thumbnails-2.jpg',
  ]);
  expect(kindsIn(version).toSorted()).toEqual(['audio', 'audio', 'image', 'text', 'video']);
});

it('leaves the manifests as they are without side tracks', async () => {
  const { root, version, kindsIn } = await open();
  const none = path.join(root, 'none');
  mkdirSync(none);
  await addSideTracks(version, none, { texts: [], durationSeconds: 40 });
  expect(await filesBelow(version)).toEqual(Object.keys(manifests));
  expect(kindsIn(version)).toEqual(['video', 'audio', 'audio']);
});

/** A version with side tracks, and a next version that consists of links to its files. */
async function openNext() {
  const opened = await open();
  const { root, version, from } = opened;
  await addSideTracks(version, from, { texts: [text], durationSeconds: 40 });
  const next = path.join(root, 'v2');
  mkdirSync(next);
  for (const name of await filesBelow(version)) linkSync(path.join(version, name), path.join(next, name));
  return { ...opened, next };
}

it('leaves an older version that shares the files unchanged', async () => {
  const { version, from, next } = await openNext();
  const before = readFileSync(path.join(version, 'manifest.mpd'), 'utf8');
  await addSideTracks(next, from, { texts: [], durationSeconds: 40 });
  expect(readFileSync(path.join(version, 'manifest.mpd'), 'utf8')).toBe(before);
  expect(readFileSync(path.join(next, 'manifest.mpd'), 'utf8')).not.toBe(before);
});

// Text tracks replace those that the manifest has; each refresh adds the storyboard again, under the same id.
it('has one storyboard, also in the next version', async () => {
  const { from, next, kindsIn } = await openNext();
  await addSideTracks(next, from, { texts: [text], durationSeconds: 40 });
  expect(kindsIn(next).filter((kind) => kind === 'image')).toEqual(['image']);
});
