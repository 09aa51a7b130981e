import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Principal } from '@/lib/access/principal';
import type { App } from '@/lib/app/app';
import { type Answers, answerBeforeNext, sendAnswer } from '@/lib/http/before-next';
import { acting, withExchange } from '@/lib/http/bridge';
import { answerMedia, mediaPath } from '@/lib/packages/answer-media';
import { openTusServer } from '@/lib/uploads/tus-server';
import { builtPlaces, developmentPlaces, staticFiles } from './static-files';
import { answerUploads } from './uploads';

/** Answers an admitted request, on behalf of whoever asks. */
export type Handler = (request: IncomingMessage, response: ServerResponse, principal: Principal) => void;

/** All handlers of admitted requests, in order: media, uploads, static files, and then Next.js. */
export function handlers(app: App, pages: RequestListener, isDevelopment: boolean): Handler {
  // Frequent GET requests, which Next.js's way to a handler would make dear.
  const answers: Answers = [
    [mediaPath, (head, [mediaId = '', ...names]) => answerMedia(acting(), head, mediaId, names)],
  ];
  const tus = openTusServer(app, acting);
  const sendStatic = staticFiles(isDevelopment ? developmentPlaces : builtPlaces);
  return (request, response, principal) =>
    withExchange({ response, principal }, async () => {
      const answered = (await answerBeforeNext(answers, request)) ?? (await answerUploads(tus, request));
      if (answered) await sendAnswer(answered, response);
      else sendStatic(request, response, () => pages(request, response));
    });
}
