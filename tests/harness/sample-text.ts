import type { TextStream } from '@/lib/media/source-probe';
import type { PlannedText } from '@/lib/media/text-track';

/** An English SubRip stream, with what a test changes about it. */
export function sampleTextStream(changes: Partial<TextStream> = {}): TextStream {
  return {
    index: 2,
    codec: 'subrip',
    profile: '',
    language: 'en',
    title: null,
    startSeconds: 0,
    isDefault: false,
    role: null,
    ...changes,
  };
}

/** A planned text track, with what a test changes about it. */
export function samplePlannedText(changes: Partial<PlannedText> = {}): PlannedText {
  return {
    file: 'text-en.vtt',
    language: 'en',
    label: 'English',
    role: 'subtitle',
    stream: sampleTextStream(),
    ...changes,
  };
}
