import { DiskReservations } from '@/lib/storage/disk-reservations';
import { type Hold, Holds } from '@/lib/storage/holds';

/** Disk reservations, and what they hold; with `held`, others hold all the room of every disk. */
export function openHolds(held?: Hold['kind']) {
  const holds = new Holds();
  if (held) holdAll(holds, held);
  return { holds, reservations: new DiskReservations(holds) };
}

/** As if another upload or job held more than any disk has, under the name "others". */
export function holdAll(holds: Holds, kind: Hold['kind']): void {
  const bytes = 2 ** 60;
  holds.begin('others', {
    ...{ kind, client: 'x', leftBytes: bytes, receivedBytes: 0, heldBytes: bytes },
    endsAtMs: Number.POSITIVE_INFINITY,
  });
}
