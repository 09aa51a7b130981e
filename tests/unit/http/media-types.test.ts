import { expect, it } from 'vitest';
import { mediaType } from '@/lib/http/media-types';

it.each([
  ['manifest.mpd', 'application/dash+xml'],
  ['master.m3u8', 'application/vnd.apple.mpegurl'],
  ['video-1080p.m3u8', 'application/vnd.apple.mpegurl'],
  ['video-1080p.mp4', 'video/mp4'],
  ['audio-en.mp4', 'audio/mp4'],
  ['audio-zh-Hant.mp4', 'audio/mp4'],
  ['audio-en.m3u8', 'application/vnd.apple.mpegurl'],
  ['download.mp4', 'video/mp4'],
  ['text-en.vtt', 'text/vtt; charset=utf-8'],
  ['thumbnails.jpg', 'image/jpeg'],
  ['page.html', 'application/octet-stream'],
  ['image.svg', 'application/octet-stream'],
  ['manifest.mpd.html', 'application/octet-stream'],
  ['mpd', 'application/dash+xml'],
  ['', 'application/octet-stream'],
])('%j is %s', (name, type) => {
  expect(mediaType(name)).toBe(type);
});

// An extension can be the name of a property that every object has.
it.each(['a.constructor', 'a.toString', 'a.__proto__'])('%j has the default type', (name) => {
  expect(mediaType(name)).toBe('application/octet-stream');
});
