import { describe, expect, it } from 'vitest';
import { sendFile } from '@/lib/http/send-file';
import { sampleFile } from '@/tests/harness/sample-file';

const file = sampleFile('0123456789');
const options = { type: 'video/mp4', cacheControl: 'no-cache' };
const modified = 'Sun, 22 Nov 2026 10:00:00 GMT';
const ask = (headers: Record<string, string> = {}, method = 'GET', asked = file) =>
  sendFile(new Request('http://localhost/f', { method, headers }), asked, options);
const etag = (await ask()).headers.get('etag') ?? '';

/** The status, Content-Range, Content-Length and body of a response. */
async function summaryOf(response: Response) {
  const { status, headers } = response;
  return {
    status,
    range: headers.get('content-range'),
    length: headers.get('content-length'),
    body: await response.text(),
  };
}
const whole = { status: 200, range: null, length: '10', body: '0123456789' };
const part = (start: number, end: number) => ({
  status: 206,
  range: `bytes ${start}-${end}/10`,
  length: String(end - start + 1),
  body: '0123456789'.slice(start, end + 1),
});
const unsatisfiable = { status: 416, range: 'bytes */10', length: null, body: '' };
const unchanged = { status: 304, range: null, length: null, body: '' };

it('sends the whole file with the headers that caches and players need', async () => {
  const response = await ask();
  expect(Object.fromEntries(response.headers)).toEqual({
    'accept-ranges': 'bytes',
    'cache-control': 'no-cache',
    'content-length': '10',
    'content-type': 'video/mp4',
    etag: expect.stringMatching(/^"[0-9a-f-]+"$/),
    'last-modified': modified,
  });
  expect(await summaryOf(response)).toEqual(whole);
});

it('names the file for saving', async () => {
  const disposition = 'attachment; filename="a.mp4"';
  const response = await sendFile(new Request('http://localhost/f'), file, { ...options, disposition });
  expect(response.headers.get('content-disposition')).toBe(disposition);
});

describe('Range', () => {
  it.each<[string, object]>([
    ['bytes=0-0', part(0, 0)],
    ['bytes=2-5', part(2, 5)],
    ['bytes=9-9', part(9, 9)],
    ['bytes=0-9', part(0, 9)],
    ['bytes=4-', part(4, 9)],
    ['bytes=0-', part(0, 9)],
    ['bytes=4-999', part(4, 9)],
    ['bytes=-1', part(9, 9)],
    ['bytes=-3', part(7, 9)],
    ['bytes=-10', part(0, 9)],
    ['bytes=10-', unsatisfiable],
    ['bytes=10-20', unsatisfiable],
    ['bytes=999-', unsatisfiable],
    ['bytes=-0', unsatisfiable],
    // Several ranges are answered with the whole file, as RFC 9110 (14.2) allows; adjacent ones are joined.
    ['bytes=0-1,8-9', whole],
    ['bytes=0-1,2-3', part(0, 3)],
    ['bytes=0-5,3-9', part(0, 9)],
    ['bytes=20-30,2-3', part(2, 3)],
    // An invalid Range is ignored (14.2).
    ['items=0-5', whole],
    ['bytes', whole],
    ['0-5', whole],
  ])('%s', async (range, expected) => {
    expect(await summaryOf(await ask({ range }))).toEqual(expected);
  });
});

// RFC 9110, 14.1.2: a suffix longer than the file is the whole file. range-parser calls it unsatisfiable.
it('Range takes the whole file for a longer suffix', async () => {
  expect(await summaryOf(await ask({ range: 'bytes=-999' }))).toEqual(part(0, 9));
});

describe('If-Range', () => {
  it.each<[string, string, object]>([
    ['this file', etag, part(2, 5)],
    ['its time', modified, part(2, 5)],
    ['another file', '"0-0"', whole],
    ['this file, weakly', `W/${etag}`, whole],
    ['an earlier time', 'Sun, 22 Nov 2026 09:59:59 GMT', whole],
    ['a later time', 'Sun, 22 Nov 2026 10:00:01 GMT', whole],
    ['an invalid value', 'x', whole],
  ])('names %s', async (_, condition, expected) => {
    expect(await summaryOf(await ask({ range: 'bytes=2-5', 'if-range': condition }))).toEqual(expected);
  });
});

describe('a conditional request', () => {
  it.each<[string, Record<string, string>, object]>([
    ['this file', { 'if-none-match': etag }, unchanged],
    ['this file, weakly', { 'if-none-match': `W/${etag}` }, unchanged],
    ['this file among others', { 'if-none-match': `"a", ${etag} , "b"` }, unchanged],
    ['any file', { 'if-none-match': '*' }, unchanged],
    ['another file', { 'if-none-match': '"a"' }, whole],
    ['the time of this file', { 'if-modified-since': modified }, unchanged],
    ['a later time', { 'if-modified-since': 'Mon, 23 Nov 2026 10:00:00 GMT' }, unchanged],
    ['an earlier time', { 'if-modified-since': 'Sun, 22 Nov 2026 09:59:59 GMT' }, whole],
    ['an invalid time', { 'if-modified-since': 'yesterday' }, whole],
    // RFC 9110, 13.2.2: the tag is stronger than the time, and both come before the range.
    [
      'another file and a later time',
      { 'if-none-match': '"a"', 'if-modified-since': 'Mon, 23 Nov 2026 10:00:00 GMT' },
      whole,
    ],
    ['this file and a range', { 'if-none-match': etag, range: 'bytes=0-1' }, unchanged],
  ])('names %s', async (_, headers, expected) => {
    expect(await summaryOf(await ask(headers))).toEqual(expected);
  });

  it('has another tag for another size or another time', async () => {
    const files = [
      file,
      sampleFile('012345678'),
      sampleFile('0123456789', new Date('2026-11-22T10:00:00.501Z')),
    ];
    const tags = await Promise.all(
      files.map(async (other) => (await ask({}, 'GET', other)).headers.get('etag')),
    );
    expect(new Set(tags).size).toBe(3);
  });

  it('is answered with the tag', async () => {
    expect((await ask({ 'if-none-match': etag })).headers.get('etag')).toBe(etag);
  });
});

describe('HEAD', () => {
  it('answers as GET would, without the body', async () => {
    expect(await summaryOf(await ask({}, 'HEAD'))).toEqual({ ...whole, body: '' });
    expect(Object.fromEntries((await ask({}, 'HEAD')).headers)).toEqual(
      Object.fromEntries((await ask()).headers),
    );
  });

  // RFC 9110, 14.2: ranges are for GET; with another method a server must ignore them.
  it('ignores Range', async () => {
    expect(await summaryOf(await ask({ range: 'bytes=2-5' }, 'HEAD'))).toEqual({ ...whole, body: '' });
  });
});

describe('an empty file', () => {
  const empty = sampleFile('');

  it('is answered whole', async () => {
    expect(await summaryOf(await ask({}, 'GET', empty))).toEqual({
      status: 200,
      range: null,
      length: '0',
      body: '',
    });
  });

  it.each(['bytes=0-', 'bytes=0-0', 'bytes=-1'])('cannot satisfy %s', async (range) => {
    expect(await summaryOf(await ask({ range }, 'GET', empty))).toEqual({
      ...unsatisfiable,
      range: 'bytes */0',
    });
  });
});

describe('behind nginx', () => {
  const behind = { ...options, acceleratedBelow: '/cenclave-files/' };

  it('names the file for nginx to send, with the headers that only the app knows', async () => {
    const disposition = 'attachment; filename="a.mp4"';
    const response = await sendFile(new Request('http://localhost/f'), file, { ...behind, disposition });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('');
    expect(Object.fromEntries(response.headers)).toEqual({
      'cache-control': 'no-cache',
      'content-disposition': disposition,
      'content-type': 'video/mp4',
      'x-accel-redirect': '/cenclave-files/packages/sample/v1/video.mp4',
    });
  });

  it.each<[string, Record<string, string>]>([
    ['a range', { range: 'bytes=2-5' }],
    ['a range that cannot be satisfied', { range: 'bytes=99-' }],
    ['a condition', { 'if-none-match': etag }],
  ])('leaves to nginx: %s', async (_, headers) => {
    const response = await sendFile(new Request('http://localhost/f', { headers }), file, behind);
    expect([response.status, response.headers.get('content-range')]).toEqual([200, null]);
  });
});
