import { AppError } from '@/lib/base/errors';
import type { LeftOut } from '@/lib/media/source-probe';

/** The error for a file that holds nothing to play; it names the codecs where those are the reason. */
export function nothingPlayable(leftOut: LeftOut[]): AppError {
  const unsupported = leftOut.filter(({ kind, why }) => why === 'no-decoder' && kind !== 'cover');
  if (unsupported.length === 0)
    return new AppError('not-a-video', 'The file holds no video or audio that can be read.', {
      field: 'file',
    });
  const named = [...new Set(unsupported.map(describeCodec))].join(', ');
  const message = `The file cannot be decoded here: ${named}. Convert it, for example to H.264 and AAC, and upload that.`;
  return new AppError('codec-not-supported', message, { field: 'file' });
}

const describeCodec = ({ kind, codec }: LeftOut): string =>
  codec === 'unknown' ? `the codec of its ${kind} is unknown` : `its ${kind} is ${codec}`;
