import Ajv from 'ajv/dist/2020.js';

/** The part of an OpenAPI document that is needed to find an answer's schema. */
interface Document {
  paths: Record<string, Record<string, { responses: Record<string, unknown> } | undefined> | undefined>;
}

/** An answer as it was seen. */
export interface Answer {
  method: string;
  url: string;
  status: number;
  type: string;
  body: string;
}

/**
 * Makes a function that returns what an answer has that an OpenAPI document does not allow; null where it is
 * as described, or where the document does not describe it: pages, files, refusals of the gate.
 */
export function answerCheck(openApi: object): (answer: Answer) => string | null {
  const document = openApi as Document; // made by lib/http/openapi.ts
  const ajv = new Ajv({ strict: false, allErrors: true });
  ajv.addSchema({ $id: 'api', ...document });
  /** The addresses of the document, those without parameters first. */
  const addresses = Object.keys(document.paths)
    .sort((a, b) => a.split('{').length - b.split('{').length)
    .map((path) => [path, new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`)] as const);

  return ({ method, url, status, type, body }) => {
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
  };
}

/** A part of a JSON pointer in a URI fragment (RFC 6901, 6). */
const pointer = (part: string) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
