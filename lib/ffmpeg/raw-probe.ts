import { z } from 'zod';

const number = z.coerce.number().refine(Number.isFinite).optional().catch(undefined);
const string = z.string().optional().catch(undefined);

const sideDataSchema = z.object({
  rotation: number,
  displaymatrix: string,
  dv_profile: number,
  dv_bl_signal_compatibility_id: number,
});

const streamSchema = z.object({
  index: z.number(),
  codec_type: string,
  codec_name: string,
  codec_long_name: string,
  codec_tag_string: string,
  codec_tag: string,
  nb_frames: number,
  profile: string,
  width: number,
  height: number,
  pix_fmt: string,
  bits_per_raw_sample: number,
  has_b_frames: number,
  field_order: string,
  sample_aspect_ratio: string,
  avg_frame_rate: string,
  r_frame_rate: string,
  color_transfer: string,
  color_space: string,
  color_primaries: string,
  bit_rate: number,
  start_time: number,
  duration: number,
  channels: number,
  sample_rate: number,
  disposition: z.record(z.string(), z.number()).optional(),
  tags: z.record(z.string(), z.string()).optional(),
  side_data_list: z.array(sideDataSchema).optional(),
});
export type RawStream = z.output<typeof streamSchema>;

const packetSchema = z.object({
  stream_index: number,
  side_data_list: z
    .array(z.object({ side_data_type: string }))
    .optional()
    .catch(undefined),
});

/** A program of a multiplex (ISO/IEC 13818-1, 2.4.4.8): streams that belong together, such as a channel. */
const programSchema = z.object({
  tags: z.record(z.string(), z.string()).optional().catch(undefined),
  streams: z.array(z.object({ index: z.number() })).default([]),
});
export type RawProgram = z.output<typeof programSchema>;

const probeSchema = z.object({
  format: z.object({
    format_name: z.string(),
    start_time: number,
    duration: number,
    size: number,
    bit_rate: number,
  }),
  streams: z.array(streamSchema).default([]),
  programs: z.array(programSchema).default([]),
  packets: z.array(packetSchema).default([]),
});

/** What ffprobe prints about a file. */
export type RawProbe = z.output<typeof probeSchema>;

/** Reads ffprobe's JSON. */
export const readRawProbe = (text: string): RawProbe => probeSchema.parse(JSON.parse(text));
