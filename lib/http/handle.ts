import { problemResponse } from '@/lib/http/problem';

/** What a Next.js route handler gets beside the request: its path parameters. */
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
