import { expect, it } from 'vitest';
import { readInput } from '@/lib/http/field';
import { videoChangesSchema } from '@/lib/videos/change-video';

it.each([
  [{}, {}],
  [{ title: ' Lesson 1 ' }, { title: 'Lesson 1' }],
  [{ title: 'two\r\nlines\u0000' }, { title: 'two lines' }],
  [{ title: '🎬'.repeat(200) }, { title: '🎬'.repeat(200) }],
  [{ title: 'a\u202egpj' }, { title: 'agpj' }],
  [{ description: '' }, { description: '' }],
  [{ description: ' one\r\ntwo\u0007\n' }, { description: 'one\ntwo' }],
  [{ description: '🎬'.repeat(5000) }, { description: '🎬'.repeat(5000) }],
  [{ visibility: 'members' }, { visibility: 'members' }],
])('reads %j', (input, expected) => {
  expect(readInput(videoChangesSchema, input)).toEqual(expected);
});

it.each([
  [{ title: '' }, 'title-invalid', 'title'],
  [{ title: ' \n\u202e ' }, 'title-invalid', 'title'],
  [{ title: 'a'.repeat(201) }, 'title-invalid', 'title'],
  [{ title: 5 }, 'title-invalid', 'title'],
  [{ title: null }, 'title-invalid', 'title'],
  [{ description: 'a'.repeat(5001) }, 'description-invalid', 'description'],
  [{ description: ['a'] }, 'description-invalid', 'description'],
  [{ visibility: 'all' }, 'visibility-unknown', 'visibility'],
])('refuses %j with %s', (input, code, field) => {
  expect(() => readInput(videoChangesSchema, input)).toThrow(expect.objectContaining({ code, field }));
});
