import { SurveyReader } from '@/lib/ffmpeg/parse-survey';

/** The fields of a packet as ffmpeg's framecrc writes them; `more` are flags and side data. */
export type Packet = [dts: number, pts: number | 'none', duration: number, more?: string];

/** AV_NOPTS_VALUE */
const noTime = '-9223372036854775808';

function line(output: number, [dts, pts, duration, more = '']: Packet): string {
  const time = pts === 'none' ? noTime : String(pts);
  return `${output}, ${String(dts).padStart(10)}, ${time.padStart(10)}, ${String(duration).padStart(8)},     4877, 0x71e77a8c${more}`;
}

/** The survey of video at index 0 in ticks of 1/100 s, and audio at index 3 in ticks of 1/1000 s or less. */
export function survey(video: Packet[], audio: Packet[] = [], audioTicksPerSecond = 1000) {
  const reader = new SurveyReader(0, [0, 3]);
  const head = ['#software: Lavf59.27.100', '#tb 0: 1/100', '#media_type 0: video', '#codec_id 0: h264'];
  const lines = [...video.map((packet) => line(0, packet)), ...audio.map((packet) => line(1, packet))];
  const audioHead = [`#tb 1: 1/${audioTicksPerSecond}`, '#sample_rate 1: 48000'];
  for (const text of [...head, ...audioHead, ...lines]) reader.read(text);
  return reader.survey();
}

export const inter = ', F=0x0';
export const hidden = ', F=0x4';
export const hiddenKey = ', F=0x5';
export const corrupt = ', F=0x2';
export const corruptKey = ', F=0x3';
