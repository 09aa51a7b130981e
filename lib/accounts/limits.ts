import pLimit, { type LimitFunction } from 'p-limit';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { AppError } from '@/lib/base/errors';

const minute = 60;

/**
 * The limits of this process; what they count is forgotten at a restart. An address is that of the client's
 * network (lib/http/client.ts).
 */
export const newLimits = () => ({
  /** Failed sign-ins, from one address to any account. */
  failuresByAddress: newLimit(20, 15 * minute),
  /** Failed sign-ins to one account, from addresses from which nobody has signed in to it. */
  failuresByAccount: newLimit(50, 15 * minute),
  /** Wrong passwords of share links, wrong setup tokens and invitations, from one address. */
  guesses: newLimit(20, 15 * minute),
  /** Licenses, by principal or address. */
  licenses: newLimit(120, minute),
  /** From where somebody has signed in to an account: the failures of others do not keep this one out. */
  knownAddresses: new KnownAddresses(),
});

export type Limits = ReturnType<typeof newLimits>;

const mostKnown = 10_000;

class KnownAddresses {
  private readonly known = new Set<string>();

  has = (email: string, address: string): boolean => this.known.has(`${email} ${address}`);

  add(email: string, address: string): void {
    if (this.known.size >= mostKnown) this.known.clear();
    this.known.add(`${email} ${address}`);
  }
}

/** How often something may be done, counted by a name such as a client's address. */
function newLimit(points: number, duration: number) {
  const limiter = new RateLimiterMemory({ points, duration });
  /** Who waits or works under a name, and how many they are. */
  const lanes = new Map<string, { run: LimitFunction; size: number }>();
  return {
    /**
     * Counts one, and refuses when there were more than allowed.
     * @throws AppError `too-many-requests`
     */
    async take(name: string): Promise<void> {
      const found = await limiter.penalty(name, 1);
      if (found.consumedPoints > points) throw tooMany(found.msBeforeNext);
    },
    /**
     * Does something of which only failures count: one after another, so that of many at once no more fail
     * than are allowed, and none is refused that succeeds, as when a whole class opens a link.
     * @throws AppError `too-many-requests`, and what the work throws
     */
    async attempt<T>(name: string, work: () => Promise<T>): Promise<T> {
      const lane = lanes.get(name) ?? { run: pLimit(1), size: 0 };
      lanes.set(name, lane);
      lane.size += 1;
      try {
        return await lane.run(async () => {
          const found = await limiter.get(name);
          if (found && found.consumedPoints >= points) throw tooMany(found.msBeforeNext);
          return work().catch(async (error: unknown) => {
            await limiter.penalty(name, 1);
            throw error;
          });
        });
      } finally {
        lane.size -= 1;
        if (lane.size === 0) lanes.delete(name);
      }
    },
  };
}

function tooMany(milliseconds: number): AppError {
  const retryAfterSeconds = Math.max(1, Math.ceil(milliseconds / 1000));
  const words =
    retryAfterSeconds < 90 ? `${retryAfterSeconds} s` : `${Math.ceil(retryAfterSeconds / 60)} min`;
  return new AppError('too-many-requests', `Too many requests. Try again in ${words}.`, {
    retryAfterSeconds,
  });
}
