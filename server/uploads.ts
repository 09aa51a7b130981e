import type { IncomingMessage } from 'node:http';
import { answerUpload, type TusRequest } from '@/lib/uploads/answer-upload';
import type { TusServer } from '@/lib/uploads/tus-server';

const uploadsPath = /^\/api\/uploads(?:\/([^/?]+))?(?:\?.*)?$/;
const withBody = ['POST', 'PATCH'];

/**
 * Answers resumable uploads (tus 1.0): the server's capabilities (OPTIONS) and a new upload (POST); of one
 * upload its offset (HEAD), more bytes (PATCH) and its deletion (DELETE). Null for other addresses.
 */
export async function answerUploads(server: TusServer, request: IncomingMessage): Promise<Response | null> {
  const found = uploadsPath.exec(request.url ?? '');
  return found && answerUpload(server, tusRequest(request), found[1]);
}

/** The library knows the requests of the Fetch standard; only their address is absolute. */
function tusRequest(request: IncomingMessage): TusRequest {
  const { method = '', url = '' } = request;
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) headers.set(name, String(value));
  const body = withBody.includes(method) ? request : null;
  return { method, url: `http://localhost${url}`, headers, body };
}
