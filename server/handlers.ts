import type { RequestListener } from 'node:http';
import { actingAsSystem } from '@/lib/access/principal';
import type { App } from '@/lib/app/app';
import { type Answers, answerBeforeNext, sendAnswer } from '@/lib/http/before-next';
import { withNodeResponse } from '@/lib/http/bridge';
import { answerMedia, mediaPath } from '@/lib/packages/answer-media';
import { openTusServer } from '@/lib/uploads/tus-server';
import { builtPlaces, developmentPlaces, staticFiles } from './static-files';
import { answerUploads } from './uploads';

/** All handlers of admitted requests, in order: media, uploads, static files, and then Next.js. */
export function handlers(app: App, pages: RequestListener, isDevelopment: boolean): RequestListener {
  const acting = actingAsSystem(app);
  // Frequent GET requests, which Next.js's way to a handler would make dear.
  const answers: Answers = [
    [mediaPath, (head, [mediaId = '', ...names]) => answerMedia(acting, head, mediaId, names)],
  ];
  const tus = openTusServer(acting);
  const sendStatic = staticFiles(isDevelopment ? developmentPlaces : builtPlaces);
  return (request, response) =>
    withNodeResponse(response, async () => {
      const answered = (await answerBeforeNext(answers, request)) ?? (await answerUploads(tus, request));
      if (answered) await sendAnswer(answered, response);
      else sendStatic(request, response, () => pages(request, response));
    });
}
