import { expect, it } from 'vitest';
import { playedSeconds } from '@/lib/ffmpeg/played-seconds';

const tagged = (DURATION: string) => ({ start_time: 0, tags: { DURATION } });

it.each<[string, Parameters<typeof playedSeconds>, number]>([
  ['nothing that is known', [{}, []], 0],
  ['text alone', [{ duration: 10 }, []], 10],
  ['a stream of unknown length', [{ duration: 10 }, [{}]], 10],
  ['two streams, one of unknown length', [{ duration: 10 }, [{ duration: 8 }, { start_time: 0 }]], 10],
  ['MP4', [{ start_time: 0, duration: 124 }, [{ start_time: 0, duration: 8 }]], 8],
  [
    'a file that does not begin at zero',
    [{ start_time: 3, duration: 20 }, [{ start_time: 3.5, duration: 8 }]],
    8.5,
  ],
  ['Matroska', [{ duration: 124 }, [tagged('00:00:08.000000000'), tagged('00:00:08.023000000')]], 8.023],
  [
    'Matroska of an older writer',
    [{ duration: 9999 }, [{ tags: { 'DURATION-eng': '01:02:03.500000000' } }]],
    3723.5,
  ],
  ['a tag that is not a duration', [{ duration: 10 }, [tagged('8 s')]], 10],
  ['a stream that claims to be longer than its file', [{ duration: 10 }, [{ duration: 11 }]], 10],
])('of %s', (_, [file, streams], expected) => {
  expect(playedSeconds(file, streams)).toBe(expected);
});
