import { isIPv6 } from 'node:net';
import { ownerIdOf, type Principal } from '@/lib/access/principal';
import type { Client } from '@/lib/storage/disk-reservations';
import { clientAddress } from './bridge';

/** How many uploads a user may have open at a time. */
const mostUploads = 20;

/** Who sends the current request, for what is counted by client: a user, or an address. */
export function clientOf(principal: Principal): Client {
  const userId = ownerIdOf(principal);
  return userId === null ? { name: clientNetwork() } : { name: `user ${userId}`, mostUploads };
}

/** The network of the client of the current request, for what is counted by address. */
export const clientNetwork = (): string => networkOf(clientAddress());

/** An IPv4 address, or the first 64 bits of an IPv6 address: a subscriber has all that follow (RFC 6177). */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined || !isIPv6(address)) return mapped ?? address;
  const [before = '', after] = address.replace(/%.*/, '').split('::');
  const [left, right] = [groupsOf(before), groupsOf(after ?? '')];
  const between = after === undefined ? 0 : 8 - left.length - right.length;
  const groups = [...left, ...Array<number>(between).fill(0), ...right].slice(0, 4);
  return `${groups.map((group) => group.toString(16)).join(':')}::/64`;
}

const groupsOf = (text: string) =>
  text.split(':').flatMap((group) => (group ? [Number.parseInt(group, 16)] : []));
