import { CopyableLine } from '@/app/_ui/copyable-line';
import type { PackageView } from '@/lib/packages/package-view';

/** The KIDs and addresses of a package, for other players and tools. */
export function PackageAddresses({ pkg }: { pkg: PackageView }) {
  const addresses: [label: string, path: string | null][] = [
    ['Play page', pkg.links.play],
    ['DASH manifest', pkg.links.manifest],
    ['HLS playlist', pkg.links.hls],
    ['ClearKey license', pkg.playable ? pkg.links.license : null],
  ];
  return (
    <div className="divide-y divide-line border-line border-y">
      {pkg.kids.map((kid) => (
        <CopyableLine key={kid} label="KID" text={kid} />
      ))}
      {addresses.map(
        ([label, path]) =>
          path !== null && (
            <CopyableLine
              key={label}
              label={label}
              text={path}
              copied={() => new URL(path, location.href).href}
            />
          ),
      )}
    </div>
  );
}
