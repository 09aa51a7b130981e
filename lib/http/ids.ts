import { AppError } from '@/lib/errors';

/**
 * Reads an id from a path: a whole number from 1.
 * @throws AppError `id-not-number`
 */
export function parseId(text: string): number {
  const id = /^[1-9]\d{0,14}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(id))
    throw new AppError('id-not-number', `"${text.slice(0, 40)}" is not an id; ids are whole numbers.`, {
      field: 'id',
    });
  return id;
}
