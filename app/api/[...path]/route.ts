import { AppError } from '@/lib/errors';
import { handle } from '@/lib/http/handle';

/** Unknown API addresses get an API error, not a page. */
const notFound = handle<{ path: string[] }>(async ({ request }) => {
  const { pathname } = new URL(request.url);
  throw new AppError('not-found', `There is nothing at ${pathname.slice(0, 200)}.`);
});

export { notFound as DELETE, notFound as GET, notFound as PATCH, notFound as POST, notFound as PUT };
