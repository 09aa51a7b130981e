import { describe, expect, it } from 'vitest';
import { MissingKeyError } from '@/app/_features/player/decryption/license-keys';
import { failureOf, lostConnection, obstacleTo } from '@/app/_features/player/player-failure';

const shakaError = (code: number, data: unknown[] = []) => ({ code, data });
const good = { isSecureContext: true, hasMediaSource: true, unsupportedCodecs: [] };

describe('failureOf', () => {
  it.each([
    [3016, 'The key does not match this video'],
    [4012, 'A key for this video is missing'],
    [6007, 'The server issued no key for this video'],
    [6008, 'The key does not match this video'],
    [6001, 'This browser can’t play encrypted video'],
    [6020, 'This browser can’t play encrypted video'],
    [1002, 'The connection to the server was lost'],
    [1007, 'Part of this video can’t be read'],
    [3015, 'The browser can’t decode this video'],
    [4001, 'This package can’t be read'],
    [5006, 'The player stopped'],
  ])('describes error %d', (code, title) => {
    const failure = failureOf(shakaError(code), good);
    expect(failure).toMatchObject({ code: String(code), title });
    // The viewer may not own the video.
    expect(failure?.advice).not.toMatch(/delete/i);
  });

  it('distinguishes a missing file from a lost connection', () => {
    expect(failureOf(shakaError(1001, ['/media/x', 404]), good)?.title).toContain('no longer on the server');
    expect(failureOf(shakaError(1001, ['/media/x', 500]), good)?.title).toContain('connection');
  });

  it.each([4032, 3014, 3015, 3016])('names the codecs that the browser does not have, for %d', (code) => {
    const failure = failureOf(shakaError(code), { ...good, unsupportedCodecs: ['hev1.2.4.L120.B0', 'ac-3'] });
    expect(failure?.advice).toContain('“hev1.2.4.L120.B0” and “ac-3”');
  });

  it('distinguishes why the player’s own decryption failed', () => {
    const title = (cause: unknown) => failureOf(shakaError(1007, [cause]), good)?.title;
    expect(title(new MissingKeyError('00'))).toBe('A key for this video is missing');
    expect(title(shakaError(1001, ['/api/packages/1/license', 404]))).toBe(
      'The server issued no key for this video',
    );
    expect(title(new RangeError('A sample is not where its fragment says.'))).toBe(
      'Part of this video can’t be read',
    );
  });

  it('shows nothing when playback was stopped on purpose', () => {
    expect([7000, 7001, 7003].map((code) => failureOf(shakaError(code), good))).toEqual([null, null, null]);
  });

  it('describes unknown errors', () => {
    expect(failureOf(new TypeError('x is undefined'), good)).toMatchObject({ code: 'player' });
  });
});

describe('the obstacle to playback', () => {
  it.each([
    ['nothing', good, undefined],
    ['an address that is not secure', { ...good, isSecureContext: false }, '6020'],
    ['a browser without MSE', { ...good, hasMediaSource: false }, 'no-media-source'],
  ])('is %s', (_, environment, code) => {
    expect(obstacleTo(environment)?.code).toBe(code);
  });
});

it('distinguishes a server that answers with errors from one that does not answer', () => {
  expect(lostConnection(0)).toMatchObject({ code: 'connection-lost' });
  expect(lostConnection(503)).toMatchObject({ code: 'http-503' });
});
