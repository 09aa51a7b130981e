import type { z } from 'zod';
import { authorizeRoute } from '@/lib/access/authorize';
import type { Acting } from '@/lib/access/principal';
import type { Access } from '@/lib/http/access-table';
import { acting } from '@/lib/http/bridge';
import { readInput } from '@/lib/http/field';
import { json, readJson } from '@/lib/http/json';
import { problemResponse } from '@/lib/http/problem';

/** The fields of a multipart form beside its file, and what the file is. */
interface FormBody<Fields extends z.ZodObject = z.ZodObject> {
  file: string;
  fields: Fields;
}

/** An answer: a JSON body by its schema, a file by its media type, or no body. */
type Answer = z.ZodType | { file: string } | null;

/** What a route takes, answers and asks for; the OpenAPI document is made of these. */
export interface Declaration {
  summary: string;
  /** What one must be allowed to do; `open` for everybody. */
  access: Access;
  /** The parameters in the path. */
  params?: z.ZodObject;
  query?: z.ZodObject;
  /** The JSON body. */
  body?: z.ZodObject;
  /** The media types of the JSON body; see readJson. */
  bodyTypes?: readonly string[];
  /** A multipart body, which the handler receives by receiveUpload. */
  form?: FormBody;
  /** By status; errors are problem+json everywhere (RFC 9457). */
  answers: Readonly<Record<number, Answer>>;
}

type Output<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;
type Body<Given> = Given extends z.ZodType ? z.input<Given> : undefined;

/** What a handler gets. */
export interface Call<Declared extends Declaration> {
  /** On whose behalf it works. */
  acting: Acting;
  params: Output<Declared['params']>;
  query: Output<Declared['query']>;
  body: Output<Declared['body']>;
  request: Request;
  /** Makes one of the declared answers. */
  answer<Status extends keyof Declared['answers'] & number>(
    status: Status,
    ...given: Declared['answers'][Status] extends null
      ? []
      : [body: Body<Declared['answers'][Status]>, headers?: Record<string, string>]
  ): Response;
}

/** The methods that a `route.ts` may export. */
export const routeMethods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** The second argument of a Next.js route handler: its path parameters. */
interface RouteContext {
  params: Promise<Record<string, unknown>>;
}

/** A route handler of Next.js that carries its declaration. */
export interface Route<Declared extends Declaration = Declaration> {
  (request: Request, context: RouteContext): Promise<Response>;
  declaration: Declared;
}

/** Makes a route handler: it parses what the declaration names, and turns errors into problem+json. */
export function route<const Declared extends Declaration>(
  declaration: Declared,
  handler: (call: Call<Declared>) => Promise<Response>,
): Route<Declared> {
  const { access, params, query, body, bodyTypes } = declaration;
  const answer = (status: number, value?: unknown, headers?: Record<string, string>) =>
    value === undefined ? new Response(null, { status }) : json(status, value, headers);
  const handle = async (request: Request, context: RouteContext) => {
    try {
      const now = acting();
      authorizeRoute(now.principal, access);
      const given = await context.params;
      const call = {
        acting: now,
        request,
        params: params && readInput(params, given),
        query: query && readInput(query, queryOf(request)),
        body: body && (await readJson(request, body, bodyTypes)),
        answer,
      };
      return await handler(call as unknown as Call<Declared>); // each part is parsed by its own schema
    } catch (error) {
      return problemResponse(error);
    }
  };
  return Object.assign(handle, { declaration });
}

/** The query of an address; of several values of one name, the first. */
function queryOf({ url }: Request): Record<string, string> {
  const { searchParams } = new URL(url);
  return Object.fromEntries(Array.from(searchParams.keys(), (name) => [name, searchParams.get(name) ?? '']));
}
