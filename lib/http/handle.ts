import type { Acting } from '@/lib/access/principal';
import { acting } from '@/lib/http/bridge';
import { problemResponse } from '@/lib/http/problem';

/** The second argument of a Next.js route handler: its path parameters. */
interface RouteContext<Params> {
  params: Promise<Params>;
}

/** What a handler gets: on whose behalf it works, the request, and the parameters in its path. */
interface Call<Params> {
  acting: Acting;
  request: Request;
  params: Params;
}

/** Wraps a route handler: awaits its parameters, turns errors into problem+json. */
export function handle<Params = Record<string, never>>(handler: (call: Call<Params>) => Promise<Response>) {
  return async (request: Request, context: RouteContext<Params>): Promise<Response> => {
    try {
      return await handler({ acting: acting(), request, params: await context.params });
    } catch (error) {
      return problemResponse(error);
    }
  };
}
