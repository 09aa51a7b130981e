import { onTestFinished } from 'vitest';
import { type Hold, Holds } from '@/lib/storage/holds';

/** What is held on the disks of this test, with all the room of any disk held by others if asked for. */
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
