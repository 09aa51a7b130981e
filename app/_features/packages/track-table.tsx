import { codecName } from '@/app/_lib/codec-name';
import { formatBitrate } from '@/app/_lib/format';
import type { Track } from '@/lib/media/track';
import { languageName } from './languages';

const kindNames: Record<Track['kind'], string> = { video: 'Video', audio: 'Audio', text: 'Text' };

const layouts: Record<number, string> = { 1: 'Mono', 2: 'Stereo', 6: '5.1', 8: '7.1' };

const headings = ['Track', 'Details', 'Language', 'Bitrate', 'Codec', 'Source'];

export function TrackTable({ tracks }: { tracks: Track[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section aria-label="Tracks" tabIndex={0} className="overflow-x-auto">
      <table className="w-full min-w-xl text-left text-sm tabular-nums">
        <thead>
          <tr className="text-soft text-xs">
            {headings.map((heading) => (
              <th key={heading} scope="col" className="py-2 pr-6 font-normal last:pr-0">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {tracks.map((track) => (
            <TrackRow key={track.file} track={track} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function TrackRow({ track }: { track: Track }) {
  return (
    <tr className="border-line border-t [&>*]:py-2.5 [&>*]:pr-6 [&>:last-child]:pr-0">
      <th scope="row" className="font-medium">
        {kindNames[track.kind]}
      </th>
      <td dir="auto">{trackDetail(track)}</td>
      <td>{languageName(track)}</td>
      <td className="whitespace-nowrap">{track.bitrateBps > 0 ? formatBitrate(track.bitrateBps) : '–'}</td>
      <td className="whitespace-nowrap">
        {codecName(track.codec)} <span className="text-soft text-xs">{track.codec}</span>
      </td>
      <td>{track.isCopied ? 'copied' : 'encoded'}</td>
    </tr>
  );
}

/**
 * The property that distinguishes a track from others of its kind: its resolution, its channels, or its
 * label.
 */
export function trackDetail({ kind, width, height, channels, label }: Track): string {
  if (kind === 'video' && width !== null && height !== null) return `${width} × ${height}`;
  if (kind === 'audio' && channels !== null) return layouts[channels] ?? `${channels} channels`;
  return label ?? '–';
}
