import { z } from 'zod';
import { route } from '@/lib/http/route';
import { apiDocument } from './document';

export const GET = route(
  {
    summary: 'The description of this API (OpenAPI 3.1)',
    access: 'open',
    answers: { 200: z.record(z.string(), z.unknown()) },
  },
  async ({ answer }) => answer(200, apiDocument),
);
