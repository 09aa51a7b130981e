import { z } from 'zod';
import { openApiDocument } from '@/lib/http/openapi';
import { route } from '@/lib/http/route';
import packageJson from '@/package.json';
import { routes } from './routes';

const document = openApiDocument(routes, packageJson.version);

export const GET = route(
  {
    summary: 'The description of this API (OpenAPI 3.1)',
    access: 'open',
    answers: { 200: z.record(z.string(), z.unknown()) },
  },
  async ({ answer }) => answer(200, document),
);
