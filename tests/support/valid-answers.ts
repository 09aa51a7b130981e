import Ajv from 'ajv/dist/2020.js';
import type { Response as PageResponse } from 'playwright-core';
import { routes } from '@/app/api/openapi.json/routes';
import { openApiDocument } from '@/lib/http/openapi';

interface Document {
  paths: Record<string, Record<string, { responses: Record<string, unknown> } | undefined> | undefined>;
}

const document = openApiDocument(routes, '0') as unknown as Document; // made by it
const ajv = new Ajv({ strict: false, allErrors: true });
ajv.addSchema({ $id: 'api', ...document });

/** The addresses of the document, those without parameters first. */
const addresses = Object.keys(document.paths)
  .sort((a, b) => a.split('{').length - b.split('{').length)
  .map((path) => [path, new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`)] as const);

/** An answer as it was seen. */
interface Answer {
  method: string;
  url: string;
  status: number;
  type: string;
  body: string;
}

/**
 * What an answer has that the OpenAPI document does not allow; null where it is as described, or where the
 * document does not describe it: pages, files, refusals of the gate.
 */
export function faultOf({ method, url, status, type, body }: Answer): string | null {
  const [mediaType = ''] = type.split(';');
  const { pathname } = new URL(url);
  const [path = ''] = addresses.find(([, pattern]) => pattern.test(pathname)) ?? [];
  const operation = document.paths[path]?.[method.toLowerCase()];
  if (!operation || !mediaType.endsWith('json')) return null;
  const place = `api#/paths/${pointer(path)}/${method.toLowerCase()}/responses`;
  const isListed = operation.responses[status] !== undefined && mediaType === 'application/json';
  const schema = `${place}/${isListed ? status : 'default'}/content/${pointer(mediaType)}/schema`;
  const check = ajv.getSchema(schema);
  if (!check) return `${method} ${path} answered ${status} with ${mediaType}, which is not declared`;
  if (check(JSON.parse(body))) return null;
  return `${method} ${path} answered ${status}: ${ajv.errorsText(check.errors)}`;
}

/** A part of a JSON pointer in a URI fragment (RFC 6901, 6). */
const pointer = (part: string) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));

/** Checks an answer that a page got. */
export async function faultOfPage(response: PageResponse): Promise<string | null> {
  const type = response.headers()['content-type'] ?? '';
  if (!type.includes('json')) return null;
  const body = await response.text().catch(() => null); // the page has been closed, or left
  if (body === null) return null;
  const request = response.request();
  return faultOf({ method: request.method(), url: response.url(), status: response.status(), type, body });
}
