import { customType } from 'drizzle-orm/sqlite-core';
import type { z } from 'zod';

/** A column of JSON text that is parsed by a schema whenever it is read. */
export const json = <Schema extends z.ZodType>(name: string, schema: Schema) =>
  customType<{ data: z.output<Schema>; driverData: string }>({
    dataType: () => 'text',
    toDriver: (value) => JSON.stringify(value),
    fromDriver: (text) => read(name, schema, text),
  })(name);

function read<Schema extends z.ZodType>(name: string, schema: Schema, text: string): z.output<Schema> {
  const found = schema.safeParse(JSON.parse(text));
  if (found.success) return found.data;
  throw new Error(`The column "${name}" holds JSON of another shape.`, { cause: found.error });
}
