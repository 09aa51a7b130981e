import { AppError } from '@/lib/base/errors';
import { route } from '@/lib/http/route';

/** Unknown API addresses get an API error, not a page. */
const notFound = route({ summary: 'Nothing', access: 'open', answers: {} }, async ({ request }) => {
  const { pathname } = new URL(request.url);
  throw new AppError('not-found', `There is nothing at ${pathname.slice(0, 200)}.`);
});

export { notFound as DELETE, notFound as GET, notFound as PATCH, notFound as POST, notFound as PUT };
