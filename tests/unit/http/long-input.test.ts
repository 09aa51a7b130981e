import { expect, it } from 'vitest';
import { hasBoundary } from '@/lib/http/bound-part-headers';
import { readInput } from '@/lib/http/field';
import { idParams, parseId } from '@/lib/http/ids';
import { parseLanguage } from '@/lib/http/language';
import { ownHosts } from '@/lib/http/own-hosts';
import { pageQuery } from '@/lib/http/page';
import { checkRequest } from '@/lib/http/request-gate';
import { sendFile } from '@/lib/http/send-file';
import { cleanFileName, extensionOf } from '@/lib/http/upload-name';
import { mediaPath } from '@/lib/packages/answer-media';
import { packageRequest } from '@/lib/packages/package-request';
import { videoChangesSchema } from '@/lib/videos/change-video';
import { videoQuery, wordsOf } from '@/lib/videos/video-query';
import { cleanDescription } from '@/lib/videos/video-text';
import { staticFiles } from '@/server/static-files';
import { sampleFile } from '@/tests/harness/sample-file';

// Quadratic reading of one of these inputs takes ten seconds or more; linear reading takes some milliseconds.
const characters = 150_000;
const units = [
  ' ',
  ', ',
  ',',
  ' ,"',
  'W/',
  'gzip ',
  'gzip;q=1 ',
  '/',
  '/a',
  '%',
  '%2e',
  '\\',
  '.',
  '.a',
  '-',
  '1',
  '=',
  ';',
];
const inputs = [
  ...units.map((unit) => unit.repeat(characters / unit.length)),
  `a${' '.repeat(characters)}a`,
  `gzip${' '.repeat(characters)}a`,
  `bytes=${'0-1,'.repeat(characters / 4)}`,
  `/${'%2f_next'.repeat(characters / 8)}`,
];

const own = ownHosts('https://video.example', 5000);
const head = (value: string) => ({ method: 'GET', headers: { get: () => value } });
const ignoreErrors = (read: () => unknown) => {
  try {
    return read();
  } catch {
    return null;
  }
};

const files = staticFiles([['/static', import.meta.dirname]]);
const sendStatic = (encodings: string) =>
  files(
    { method: 'GET', url: '/static/none', headers: { 'accept-encoding': encodings } } as never,
    {} as never,
    () => null,
  );

const readers: [string, (text: string) => unknown][] = [
  [
    'conditions and ranges of a file',
    (text) => sendFile(head(text), sampleFile('0'), { type: 'a/b', cacheControl: '' }),
  ],
  ['Accept-Encoding', (text) => sendStatic(text)],
  ['the boundary of a form', (text) => hasBoundary(`multipart/form-data; boundary=${text}`)],
  ['hosts', (text) => checkRequest({ method: 'GET', target: '/', hosts: [text] }, own)],
  ['targets', (text) => checkRequest({ method: 'GET', target: text, hosts: ['localhost:5000'] }, own)],
  [
    'origins',
    (text) =>
      checkRequest({ method: 'POST', target: '/upload', hosts: ['localhost:5000'], origin: text }, own),
  ],
  ['the path of a track', (text) => mediaPath.exec(`/media/0123456789abcdef0123456789abcdef/v1/${text}`)],
  ['ids', parseId],
  ['ids in paths', (text) => readInput(idParams, { id: text })],
  ['keys', (text) => readInput(packageRequest, { key: text, kid: text })],
  ['languages', parseLanguage],
  ['pages of lists', (text) => readInput(pageQuery, { limit: text, cursor: text })],
  ['queries of videos', (text) => readInput(videoQuery, { q: text, cursor: text, from: text, page: text })],
  ['times of queries', (text) => readInput(videoQuery, { from: text })],
  ['words of searches', wordsOf],
  ['titles and descriptions', (text) => readInput(videoChangesSchema, { title: text, description: text })],
  ['descriptions', cleanDescription],
  ['file names', cleanFileName],
  ['file extensions', extensionOf],
];

it.each(readers)('%s are read in linear time', async (_, read) => {
  for (const text of inputs) await ignoreErrors(() => read(text));
  expect(inputs.every(({ length }) => length > characters / 2)).toBe(true);
});
