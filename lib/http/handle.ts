import { AppError } from '@/lib/errors';
import { originOf } from '@/lib/http/origin';
import { problemResponse } from '@/lib/http/problem';

/** What a Next.js route handler gets beside the request: its path parameters. */
interface RouteContext<Params> {
  params: Promise<Params>;
}

type Handler<Params> = (request: Request, params: Params) => Promise<Response>;

/** Wraps a route handler: awaits its parameters, refuses writes from other sites, turns errors into problem+json. */
export function handle<Params = Record<string, never>>(handler: Handler<Params>) {
  return async (request: Request, context: RouteContext<Params>): Promise<Response> => {
    try {
      refuseOtherSites(request);
      return await handler(request, await context.params);
    } catch (error) {
      return problemResponse(error);
    }
  };
}

/**
 * A page of another site may not make the visitor's browser write here. Browsers name the page's origin in `Origin`
 * on every such request; programs such as curl send none and pass.
 */
function refuseOtherSites(request: Request): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  const origin = request.headers.get('origin');
  if (origin === null) return;
  if (!URL.canParse(origin) || new URL(origin).host !== new URL(originOf(request)).host) {
    throw new AppError('cross-origin', 'This request came from a page of another site and was refused.');
  }
}
