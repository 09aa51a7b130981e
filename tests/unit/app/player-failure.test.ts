import { describe, expect, it } from 'vitest';
import { failureOf } from '@/app/play/[id]/player-failure';

const shakaError = (code: number, data: unknown[] = []) => ({ code, data });

describe('failureOf', () => {
  it.each([
    [3016, 'The key does not fit this video'],
    [4012, 'A key for this video is missing'],
    [6007, 'The server gave no key for this video'],
    [6008, 'The key does not fit this video'],
    [6001, 'This browser can’t play encrypted video'],
    [6020, 'This browser can’t play encrypted video'],
    [1002, 'The connection to the server was lost'],
    [3015, 'The browser can’t decode this video'],
    [4001, 'This package can’t be read'],
    [5006, 'The player stopped'],
  ])('puts %d into words', (code, title) => {
    expect(failureOf(shakaError(code), true)).toMatchObject({ code: String(code), title });
  });

  it('tells a file that is gone from a connection that is', () => {
    expect(failureOf(shakaError(1001, ['/media/x', 404]), true)?.title).toContain(
      'not on the server any more',
    );
    expect(failureOf(shakaError(1001, ['/media/x', 500]), true)?.title).toContain('connection');
  });

  it.each([6001, 6020])('blames the address for %d where the page is not secure', (code) => {
    expect(failureOf(shakaError(code), false)).toMatchObject({ isInsecure: true });
  });

  it('keeps quiet about playback that was stopped on purpose', () => {
    expect([7000, 7001, 7003].map((code) => failureOf(shakaError(code), true))).toEqual([null, null, null]);
  });

  it('says something about what it does not know', () => {
    expect(failureOf(new TypeError('x is undefined'), true)).toMatchObject({ code: 'player' });
  });
});
