import { z } from 'zod';
import { AppError } from '@/lib/base/errors';
import { field } from './field';

const pattern = /^[1-9]\d{0,14}$/;

const notAnId = (value: unknown) => `"${String(value).slice(0, 40)}" is not an id; ids are whole numbers.`;

const id = () =>
  field(z.string().regex(pattern).transform(Number), (value) => ({
    code: 'id-not-number',
    message: notAnId(value),
  }));

/** The id in a path: a whole number from 1. */
export const idParams = z.object({ id: id() });

/** The ids of a video and of one of its text tracks. */
export const textParams = z.object({ id: id(), textId: id() });

/**
 * Reads an id from a path: a whole number from 1.
 * @throws AppError `id-not-number`
 */
export function parseId(text: string): number {
  if (pattern.test(text)) return Number(text);
  throw new AppError('id-not-number', notAnId(text), { field: 'id' });
}
