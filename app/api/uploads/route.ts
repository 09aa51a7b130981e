import { context } from '@/lib/context';
import { handle } from '@/lib/http/handle';
import { answerUpload } from '@/lib/uploads/answer-upload';

/** Resumable uploads by tus 1.0: what the server can do (OPTIONS), and a new upload (POST). */
const answer = handle((request) => answerUpload(context(), request));

export { answer as OPTIONS, answer as POST };
