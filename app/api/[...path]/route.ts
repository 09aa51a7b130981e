import { AppError } from '@/lib/errors';
import { handle } from '@/lib/http/handle';

/** What is not an address of the API answers as the API does, not with a page. */
const notFound = handle<{ path: string[] }>(async (request) => {
  const { pathname } = new URL(request.url);
  throw new AppError('not-found', `There is nothing at ${pathname.slice(0, 200)}.`);
});

export { notFound as DELETE, notFound as GET, notFound as PATCH, notFound as POST, notFound as PUT };
