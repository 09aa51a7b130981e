import { problemResponse } from '@/lib/http/problem';

/** The second argument of a Next.js route handler: its path parameters. */
interface RouteContext<Params> {
  params: Promise<Params>;
}

type Handler<Params> = (request: Request, params: Params) => Promise<Response>;

/** Wraps a route handler: awaits its parameters, turns errors into problem+json. */
export function handle<Params = Record<string, never>>(handler: Handler<Params>) {
  return async (request: Request, context: RouteContext<Params>): Promise<Response> => {
    try {
      return await handler(request, await context.params);
    } catch (error) {
      return problemResponse(error);
    }
  };
}
