import { onTestFinished } from 'vitest';
import { type Hold, Holds } from '@/lib/storage/holds';

/** The disk reservations of this test; with `held`, others hold all the room of every disk. */
export function openHolds(held?: Hold['kind']): Holds {
  const holds = new Holds();
  const key = Symbol.for('cenclave.holds');
  Object.assign(globalThis, { [key]: holds });
  onTestFinished(() => void Reflect.deleteProperty(globalThis, key));
  if (held) holdAll(holds, held);
  return holds;
}

/** As if another upload or job held more than any disk has, under the name "others". */
export function holdAll(holds: Holds, kind: Hold['kind']): void {
  const bytes = 2 ** 60;
  holds.begin('others', {
    ...{ kind, address: 'x', leftBytes: bytes, receivedBytes: 0, heldBytes: bytes },
    endsAtMs: Number.POSITIVE_INFINITY,
  });
}
