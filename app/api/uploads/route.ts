import { context } from '@/lib/context';
import { handle } from '@/lib/http/handle';
import { answerUpload } from '@/lib/uploads/answer-upload';

/** Resumable uploads with tus 1.0: the server's capabilities (OPTIONS), and a new upload (POST). */
const answer = handle((request) => answerUpload(context(), request));

export { answer as OPTIONS, answer as POST };
