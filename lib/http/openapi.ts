import { z } from 'zod';
import { type Declaration, type Route, routeMethods } from './route';

/** The routes of one address, by their methods, as a `route.ts` exports them. */
export type RoutesOf = Partial<Record<(typeof routeMethods)[number], Route>>;

const problem = z
  .object({
    type: z.literal('about:blank'),
    title: z.string(),
    status: z.number(),
    detail: z.string().describe('What happened, and what to do.'),
    code: z.string().describe('Stable, for programs.'),
    field: z.string().optional().describe('The field of the request that is wrong.'),
  })
  .meta({ id: 'Problem' });

type Json = Record<string, unknown>;

/**
 * The OpenAPI 3.1 document of the routes, by their addresses in OpenAPI's notation (`/api/videos/{id}`).
 * @param version that of the API, which is that of Cenclave
 */
export function openApiDocument(routes: Readonly<Record<string, RoutesOf>>, version: string): Json {
  const schemas: Json = {};
  const paths = Object.fromEntries(
    Object.entries(routes).map(([path, methods]) => [path, operations(methods, schemas)]),
  );
  const info = {
    title: 'Cenclave',
    version,
    description: 'Encrypts uploaded videos, and streams them with DASH, HLS and ClearKey licenses.',
  };
  return { openapi: '3.1.0', info, paths, components: { schemas } };
}

function operations(methods: RoutesOf, schemas: Json): Json {
  const known = routeMethods.flatMap((method) => {
    const found = methods[method];
    return found ? [[method.toLowerCase(), operation(found.declaration, schemas)] as const] : [];
  });
  return Object.fromEntries(known);
}

function operation(declared: Declaration, schemas: Json): Json {
  const { summary, access, params, query, body, form, answers } = declared;
  const parameters = [...parametersOf('path', params, schemas), ...parametersOf('query', query, schemas)];
  return {
    summary,
    'x-access': access,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body ? { requestBody: content('application/json', schemaOf(body, 'input', schemas)) } : {}),
    ...(form ? { requestBody: content('multipart/form-data', formSchema(form, schemas)) } : {}),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, answer]) => [status, response(answer, schemas)]),
      ),
      default: {
        description: 'An error (RFC 9457)',
        ...content('application/problem+json', schemaOf(problem, 'output', schemas)),
      },
    },
  };
}

const content = (type: string, schema: Json) => ({ content: { [type]: { schema } } });

function response(answer: Declaration['answers'][number], schemas: Json): Json {
  if (answer === null || answer === undefined) return { description: 'No body' };
  if ('file' in answer)
    return { description: 'A file', ...content(answer.file, { type: 'string', format: 'binary' }) };
  return { description: 'Success', ...content('application/json', schemaOf(answer, 'output', schemas)) };
}

function formSchema({ file, fields }: NonNullable<Declaration['form']>, schemas: Json): Json {
  const { properties = {}, required = [] } = schemaOf(fields, 'input', schemas);
  return {
    type: 'object',
    properties: { ...(properties as Json), file: { type: 'string', format: 'binary', description: file } },
    required: [...(required as string[]), 'file'],
  };
}

function parametersOf(place: 'path' | 'query', schema: z.ZodObject | undefined, schemas: Json): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemaOf(schema, 'input', schemas);
  return Object.entries(properties as Record<string, Json>).map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    required: place === 'path' || (required as string[]).includes(name),
    ...(description ? { description } : {}),
    schema: rest,
  }));
}

/** A schema as JSON Schema 2020-12; those with a name become components. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output', schemas: Json): Json {
  const made = z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline' }) as Json;
  const { $schema: _, $defs = {}, ...rest } = made;
  for (const [name, value] of Object.entries($defs as Json)) schemas[name] = relinked(value);
  return relinked(rest) as Json;
}

/** Local definitions move to the components of the document. */
function relinked(value: unknown): unknown {
  const text = JSON.stringify(value).replaceAll('"#/$defs/', '"#/components/schemas/');
  return JSON.parse(text);
}
