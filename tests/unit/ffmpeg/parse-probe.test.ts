import { describe, expect, it } from 'vitest';
import { parseProbe } from '@/lib/ffmpeg/parse-probe';
import type { VideoStream } from '@/lib/media/source-probe';
import { ffprobeJson, type RawStream, rawAudio, rawVideo } from '@/tests/harness/sample-ffprobe';

const videoOf = (changes: RawStream) => parseProbe(ffprobeJson([rawVideo(changes)])).videos[0];

it('reads a whole file', () => {
  const subtitle = {
    index: 2,
    codec_name: 'subrip',
    codec_type: 'subtitle',
    disposition: { default: 0 },
    tags: { language: 'ger', title: ' Deutsch ' },
  };
  expect(parseProbe(ffprobeJson([rawVideo(), rawAudio(), subtitle]))).toEqual({
    container: 'mov,mp4,m4a,3gp,3g2,mj2',
    durationSeconds: 12.345,
    startSeconds: 0.023,
    sizeBytes: 8_000_000,
    bitrateBps: 5_184_285,
    videos: [
      {
        index: 0,
        codec: 'h264',
        codecLabel: 'H.264',
        profile: 'High',
        language: 'und',
        title: null,
        startSeconds: 0,
        isDefault: true,
        width: 1920,
        height: 1080,
        pixelFormat: 'yuv420p',
        bitsPerSample: 8,
        framesPerSecond: 30_000 / 1001,
        bitrateBps: 4_987_654,
        rotationDegrees: 0,
        isMirrored: false,
        isInterlaced: false,
        isUntimed: false,
        pixelAspect: 1,
        colorTransfer: 'bt709',
        colorMatrix: null,
        colorPrimaries: null,
        dolbyVisionOnly: null,
      },
    ],
    audios: [
      {
        index: 1,
        codec: 'aac',
        codecLabel: 'aac',
        profile: 'LC',
        language: 'en',
        title: 'Main',
        startSeconds: null,
        isDefault: true,
        role: null,
        channels: 2,
        sampleRateHz: 48_000,
        bitrateBps: 128_123,
      },
    ],
    texts: [
      {
        index: 2,
        codec: 'subrip',
        codecLabel: 'subrip',
        profile: '',
        language: 'de',
        title: 'Deutsch',
        startSeconds: null,
        isDefault: false,
        role: null,
      },
    ],
    cover: null,
    leftOut: [],
  });
});

/** As ffprobe prints it. */
const matrix = (a: number, b: number, c: number, d: number) =>
  `\n00000000: ${a} ${b} 0\n00000001: ${c} ${d} 0\n00000002: 0 0 1073741824\n`;

const turned = (rotation: unknown) => ({
  side_data_list: [{ side_data_type: 'Display Matrix', displaymatrix: '…', rotation }],
});

// A video stream as ffprobe prints it, and the parsed fields.
const videoTable: { name: string; raw: RawStream; expected: Partial<VideoStream> }[] = [
  { name: 'a portrait phone video', raw: turned(-90), expected: { rotationDegrees: 90 } },
  { name: 'a phone held the other way', raw: turned(90), expected: { rotationDegrees: 270 } },
  { name: 'a phone upside down', raw: turned(180), expected: { rotationDegrees: 180 } },
  { name: 'upside down, given as -180', raw: turned(-180), expected: { rotationDegrees: 180 } },
  { name: 'an angle a little off', raw: turned(-89.6), expected: { rotationDegrees: 90 } },
  { name: 'no angle', raw: turned('N/A'), expected: { rotationDegrees: 0 } },
  {
    name: 'the angle in the second item of side data',
    raw: { side_data_list: [{ side_data_type: 'CPB properties' }, { rotation: -90 }] },
    expected: { rotationDegrees: 90 },
  },
  { name: 'interlaced, top field first', raw: { field_order: 'tt' }, expected: { isInterlaced: true } },
  {
    name: 'interlaced, bottom field coded first',
    raw: { field_order: 'bt' },
    expected: { isInterlaced: true },
  },
  {
    name: 'a display matrix that turns by a quarter',
    raw: { side_data_list: [{ displaymatrix: matrix(0, 65536, -65536, 0), rotation: -90 }] },
    expected: { isMirrored: false, rotationDegrees: 90 },
  },
  {
    name: 'a display matrix that mirrors',
    raw: { side_data_list: [{ displaymatrix: matrix(65536, 0, 0, -65536), rotation: 0 }] },
    expected: { isMirrored: true },
  },
  {
    name: 'a display matrix that turns by less',
    raw: { side_data_list: [{ displaymatrix: matrix(46341, 46341, -46341, 46341), rotation: -45 }] },
    expected: { isMirrored: true },
  },
  { name: 'field order unknown', raw: { field_order: 'unknown' }, expected: { isInterlaced: false } },
  {
    name: '10 bit, known from the pixel format',
    raw: { profile: 'Main 10', pix_fmt: 'yuv420p10le', bits_per_raw_sample: undefined },
    expected: { bitsPerSample: 10, pixelFormat: 'yuv420p10le' },
  },
  {
    name: '10 bit, known from bits_per_raw_sample',
    raw: { pix_fmt: 'yuv420p10le', bits_per_raw_sample: '10' },
    expected: { bitsPerSample: 10 },
  },
  { name: 'bits of 0', raw: { bits_per_raw_sample: '0' }, expected: { bitsPerSample: 8 } },
  {
    name: 'anamorphic PAL',
    raw: { width: 720, height: 576, sample_aspect_ratio: '64:45' },
    expected: { width: 720, pixelAspect: 64 / 45 },
  },
  { name: 'pixel aspect unknown', raw: { sample_aspect_ratio: '0:1' }, expected: { pixelAspect: 1 } },
  { name: 'pixel aspect N/A', raw: { sample_aspect_ratio: 'N/A' }, expected: { pixelAspect: 1 } },
  { name: 'pixel aspect over zero', raw: { sample_aspect_ratio: '4:0' }, expected: { pixelAspect: 1 } },
  {
    name: 'no average rate',
    raw: { avg_frame_rate: '0/0', r_frame_rate: '24/1' },
    expected: { framesPerSecond: 24 },
  },
  {
    name: 'no rate at all',
    raw: { avg_frame_rate: '0/0', r_frame_rate: '0/0' },
    expected: { framesPerSecond: 25 },
  },
  { name: 'bit rate N/A', raw: { bit_rate: 'N/A' }, expected: { bitrateBps: null } },
  {
    name: 'HDR',
    raw: { color_transfer: 'smpte2084', color_space: 'bt2020nc', color_primaries: 'bt2020' },
    expected: { colorTransfer: 'smpte2084', colorMatrix: 'bt2020nc', colorPrimaries: 'bt2020' },
  },
  {
    name: 'colors that are not specified',
    raw: { color_space: 'unknown', color_primaries: 'reserved' },
    expected: { colorMatrix: null, colorPrimaries: null },
  },
  {
    name: 'a profile that is not a string',
    raw: { profile: -99 },
    expected: { profile: '' },
  },
  {
    name: 'nothing but its codec and size',
    raw: Object.fromEntries(
      Object.keys(rawVideo())
        .filter((key) => !['index', 'codec_type', 'codec_name', 'width', 'height'].includes(key))
        .map((key) => [key, undefined]),
    ),
    expected: {
      profile: '',
      language: 'und',
      title: null,
      isDefault: false,
      pixelFormat: '',
      bitsPerSample: 8,
      framesPerSecond: 25,
      bitrateBps: null,
      rotationDegrees: 0,
      isInterlaced: false,
      pixelAspect: 1,
      colorTransfer: null,
      colorMatrix: null,
      colorPrimaries: null,
    },
  },
];

it.each(videoTable)('parses $name', ({ raw, expected }) => {
  expect(videoOf(raw)).toMatchObject(expected);
});

describe('a container', () => {
  it.each([
    ['avi', '101', 4.04],
    ['avi', undefined, 2.04],
    ['mov,mp4,m4a,3gp,3g2,mj2', '101', 2.04],
  ])(
    'of %s with %s frames at 25 a second, half of which are present, lasts %d s',
    (container, count, expected) => {
      const video = rawVideo({ nb_frames: count, avg_frame_rate: '25/1' });
      const format = { format_name: container, duration: '2.040000' };
      expect(parseProbe(ffprobeJson([video], format)).durationSeconds).toBe(expected);
    },
  );

  const subtitle = { index: 1, codec_type: 'subtitle', codec_name: 'subrip' };

  it.each([
    ['matroska,webm', '10.000000', '16.000000', 6],
    ['mov,mp4,m4a,3gp,3g2,mj2', '3.000000', '9.000000', 6],
    ['mov,mp4,m4a,3gp,3g2,mj2', '0.500000', '9.000000', 8.5],
    ['mov,mp4,m4a,3gp,3g2,mj2', '0.023000', '9.000000', 9],
    ['matroska,webm', '-0.007000', '9.000000', 9],
    ['matroska,webm', undefined, '9.000000', 9],
    ['matroska,webm', '10.000000', '4.000000', 0],
    ['avi', '3.000000', '9.000000', 9],
    ['mpegts', '3.000000', '9.000000', 9],
  ])(
    'of %s that starts at %s with the duration %s lasts %d s',
    (format_name, start_time, duration, expected) => {
      const format = { format_name, start_time, duration };
      const video = rawVideo({ duration: undefined });
      expect(parseProbe(ffprobeJson([video], format)).durationSeconds).toBe(expected);
      // Beside a subtitle, which may end later, the length of the video counts; it is unknown here.
      expect(parseProbe(ffprobeJson([video, subtitle], format)).durationSeconds).toBe(expected);
    },
  );

  it.each(['N/A', undefined, 'nan', '1e999'])('with the duration %s counts as 0 s', (duration) => {
    expect(parseProbe(ffprobeJson([rawVideo()], { duration })).durationSeconds).toBe(0);
  });

  it('may have no stream', () => {
    expect(parseProbe('{"format":{"format_name":"mp3"}}')).toMatchObject({
      videos: [],
      audios: [],
      texts: [],
    });
  });
});

describe('hostile values', () => {
  const titleOf = (title: string) =>
    parseProbe(ffprobeJson([rawAudio({ tags: { title } })])).audios[0]?.title;

  it('cuts a long title', () => {
    expect(titleOf('x'.repeat(5000))).toBe('x'.repeat(200));
  });

  it('keeps what looks like an option or a filter as text', () => {
    const hostile = '-i /etc/passwd \' , : [out] " </Label>';
    expect(titleOf(hostile)).toBe(hostile);
  });

  it.each(['../../etc', 'en;rm', 'en,language=de', 'x'.repeat(300), '__proto__'])(
    'treats the language %s as unknown',
    (language) => {
      expect(parseProbe(ffprobeJson([rawAudio({ tags: { language } })])).audios[0]?.language).toBe('und');
    },
  );
});

it('refuses a file whose packets are encrypted', () => {
  const probed = JSON.parse(ffprobeJson([rawVideo()]));
  const withPackets = (...types: string[]) =>
    JSON.stringify({
      ...probed,
      packets: types.map((type) => ({ side_data_list: [{ side_data_type: type }] })),
    });
  expect(() => parseProbe(withPackets('Skip Samples', 'Encryption info'))).toThrow(
    expect.objectContaining({ code: 'source-encrypted', field: 'file' }),
  );
  expect(parseProbe(withPackets('Skip Samples')).videos).toHaveLength(1);
  expect(
    parseProbe(JSON.stringify({ ...probed, packets: [{}, { side_data_list: [{}] }] })).videos,
  ).toHaveLength(1);
});

describe('a file that is encrypted as a whole', () => {
  it.each<[string, RawStream]>([
    ['WebM', { codec_name: 'vp9', tags: { enc_key_id: 'LNsO1hGYU+eFBnHD6ZBsPA==' } }],
    ['FairPlay', { codec_tag_string: 'drmi' }],
    ['SAMPLE-AES in MPEG-TS', { codec_tag_string: '[219][0][0][0]', codec_tag: '0x00db' }],
  ])('%s is refused', (_, changes) => {
    expect(() => videoOf(changes)).toThrow(expect.objectContaining({ code: 'source-encrypted' }));
    expect(() => parseProbe(ffprobeJson([rawVideo(), rawAudio(changes)]))).toThrow(/already encrypted/);
  });
});

describe('Dolby Vision', () => {
  const configured = (dv_profile: number, dv_bl_signal_compatibility_id: number) => ({
    side_data_list: [
      { side_data_type: 'DOVI configuration record', dv_profile, dv_bl_signal_compatibility_id },
    ],
  });

  it.each([
    [5, 0, 5],
    [7, 6, null],
    [8, 1, null],
    [8, 4, null],
    [10, 0, 10],
  ])(
    'of profile %d and compatibility %d cannot be shown by other decoders: %s',
    (profile, compatibility, expected) => {
      expect(videoOf(configured(profile, compatibility))?.dolbyVisionOnly).toBe(expected);
    },
  );
});
