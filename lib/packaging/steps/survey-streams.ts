import { type SamePass, surveySource } from '@/lib/ffmpeg/survey-source';
import type { SourceFile } from '@/lib/media/source-file';
import type { SourceProbe } from '@/lib/media/source-probe';
import type { SourceSurvey } from '@/lib/media/source-survey';
import type { ToolRunner } from '@/lib/processes/tool-runner';
import { mainVideo, sourceStreams } from '../plan/plan-package';

/** Surveys the streams that packages are made of. Errors: see surveySource. */
export async function surveyStreams(
  tools: ToolRunner,
  source: SourceFile,
  probe: SourceProbe,
  signal?: AbortSignal,
  also?: SamePass,
): Promise<SourceSurvey> {
  const video = mainVideo(probe)?.index ?? null;
  const audios = sourceStreams(probe).filter((index) => index !== video);
  return withKnownEnd(await surveySource(tools, source, { video, audios }, signal, also), probe);
}

/**
 * After a second edit, FFmpeg lists packets at other times than those of their frames: the header knows the
 * end.
 */
function withKnownEnd(survey: SourceSurvey, { durationSeconds }: SourceProbe): SourceSurvey {
  const { video, audios } = survey;
  if (!video?.hidesLater || durationSeconds === 0 || video.endSeconds <= durationSeconds) return survey;
  const ends = [durationSeconds, ...Array.from(audios.values(), ({ endSeconds }) => endSeconds)];
  return { ...survey, video: { ...video, endSeconds: durationSeconds }, endSeconds: Math.max(...ends) };
}
