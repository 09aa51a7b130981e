import { expect, it } from 'vitest';
import { readTextFields } from '@/lib/videos/text-request';

it.each([
  [{ language: 'en' }, { language: 'en', role: 'subtitle', label: 'English' }],
  [
    { language: 'en', kind: 'captions' },
    { language: 'en', role: 'caption', label: 'English (captions)' },
  ],
  [
    { language: 'de', label: ' Für\r\nalle\u0000 ' },
    { language: 'de', role: 'subtitle', label: 'Für alle' },
  ],
  [{ language: 'und' }, { language: 'und', role: 'subtitle', label: 'Subtitles' }],
  [
    { language: 'en', label: '🎬'.repeat(300) },
    { language: 'en', role: 'subtitle', label: '🎬'.repeat(200) },
  ],
])('reads %j', (fields, expected) => {
  expect(readTextFields(fields)).toEqual(expected);
});

it.each([
  [{}, 'language-invalid', 'language'],
  [{ language: 'nothing at all' }, 'language-invalid', 'language'],
  [{ language: 'en', kind: 'forced' }, 'text-kind-unknown', 'kind'],
  [{ language: 'en', kind: 'constructor' }, 'text-kind-unknown', 'kind'],
  [{ language: 'en', kind: '' }, 'text-kind-unknown', 'kind'],
])('refuses %j with %s', (fields, code, field) => {
  expect(() => readTextFields(fields)).toThrow(expect.objectContaining({ code, field }));
});
