import { context } from '@/lib/context';
import { handle } from '@/lib/http/handle';
import { answerUpload } from '@/lib/uploads/answer-upload';

/** One resumable upload: its offset (HEAD), more bytes (PATCH), its deletion (DELETE). */
const answer = handle<{ id: string }>((request, { id }) => answerUpload(context(), request, id));

export { answer as DELETE, answer as HEAD, answer as OPTIONS, answer as PATCH };
