import { codecName } from '@/app/_lib/codec-name';
import { formatBitrate } from '@/app/_lib/format';
import type { Track } from '@/lib/media/track';
import { kindNames, languageName, trackDetail } from './track-text';

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
