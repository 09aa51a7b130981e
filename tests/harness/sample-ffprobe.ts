/** A stream in the JSON of ffprobe 5.1; numbers are strings where ffprobe writes strings. */
export type RawStream = Record<string, unknown>;

/** The video stream of a phone's or an encoder's MP4, with what a test changes about it. */
export function rawVideo(changes: RawStream = {}): RawStream {
  return {
    index: 0,
    codec_name: 'h264',
    codec_long_name: 'H.264 / AVC / MPEG-4 AVC / MPEG-4 part 10',
    profile: 'High',
    codec_type: 'video',
    codec_tag_string: 'avc1',
    width: 1920,
    height: 1080,
    coded_width: 1920,
    coded_height: 1080,
    has_b_frames: 2,
    sample_aspect_ratio: '1:1',
    display_aspect_ratio: '16:9',
    pix_fmt: 'yuv420p',
    level: 40,
    color_transfer: 'bt709',
    field_order: 'progressive',
    r_frame_rate: '30000/1001',
    avg_frame_rate: '30000/1001',
    time_base: '1/30000',
    start_time: '0.000000',
    duration: '12.345000',
    bit_rate: '4987654',
    bits_per_raw_sample: '8',
    disposition: { default: 1, forced: 0, attached_pic: 0 },
    tags: { language: 'und', handler_name: 'VideoHandler' },
    ...changes,
  };
}

/** An AAC stream, with what a test changes about it. */
export function rawAudio(changes: RawStream = {}): RawStream {
  return {
    index: 1,
    codec_name: 'aac',
    profile: 'LC',
    codec_type: 'audio',
    sample_fmt: 'fltp',
    sample_rate: '48000',
    channels: 2,
    channel_layout: 'stereo',
    r_frame_rate: '0/0',
    avg_frame_rate: '0/0',
    bit_rate: '128123',
    disposition: { default: 1 },
    tags: { language: 'eng', title: 'Main' },
    ...changes,
  };
}

/** What ffprobe prints for a file with these streams. */
export function ffprobeJson(streams: RawStream[], format: RawStream = {}): string {
  const container = {
    filename: 'file:/storage/incoming/0f/1e',
    nb_streams: streams.length,
    format_name: 'mov,mp4,m4a,3gp,3g2,mj2',
    start_time: '0.023000',
    duration: '12.345000',
    size: '8000000',
    bit_rate: '5184285',
    probe_score: 100,
    ...format,
  };
  return JSON.stringify({ streams, format: container });
}
