import { z } from 'zod';
import { always, broken, field } from '@/lib/http/field';
import { type ContentKey, keyModes, protectionSystems } from '@/lib/media/content-key';
import { priorities } from '@/lib/media/priority';
import { schemes } from '@/lib/media/scheme';

type KeyField = 'key' | 'kid';

/** 16 bytes as 32 hexadecimal digits, in any case. */
const hex = z
  .string()
  .regex(/^[0-9a-fA-F]{32}$/)
  .toLowerCase();

const isAbsent = (value: unknown) => value === undefined || value === null;

const missing = (name: KeyField) => `The field ${name} is missing; it must be 32 hexadecimal digits.`;

function hexError(name: KeyField) {
  return (value: unknown) => {
    if (isAbsent(value)) return { code: `${name}-missing` as const, message: missing(name) };
    const got = typeof value === 'string' ? `${value.length} characters` : `a ${typeof value}`;
    const message = `The ${name} must be 32 hexadecimal digits (16 bytes); got ${got}.`;
    return { code: `${name}-not-hex` as const, message };
  };
}

/** A content key that a request must have. */
export const givenKey = {
  key: field(hex.clone(), hexError('key')),
  kid: field(hex.clone(), hexError('kid')),
};

/** A content key that a request may have: both fields, or neither. */
const optionalKey = {
  key: field(hex.nullish().describe('Generated when absent, like the kid.'), hexError('key')),
  kid: field(hex.nullish(), hexError('kid')),
};

const priority = z.enum(priorities);
const priorityError = always('priority-unknown', `priority must be one of ${priorities.join(', ')}.`);

type GivenKey = { [Name in KeyField]?: string | null | undefined };

function checkPair(given: GivenKey, context: z.RefinementCtx): void {
  if (isAbsent(given.key) === isAbsent(given.kid)) return;
  const name = isAbsent(given.key) ? 'key' : 'kid';
  context.addIssue(broken(name, `${name}-missing`, missing(name)));
}

/** A request for a package of a video. */
export const packageRequest = z
  .object({
    ...optionalKey,
    scheme: field(
      z.enum(schemes).nullish().describe('cenc when absent.'),
      always('scheme-unknown', `scheme must be one of ${schemes.join(', ')}.`),
    ),
    keys: field(
      z.enum(keyModes).nullish().describe('One key for all tracks, or one for each type of track.'),
      always('key-mode-unknown', `keys must be one of ${keyModes.join(', ')}.`),
    ),
    signalling: field(
      z
        .union([z.enum(protectionSystems), z.array(z.enum(protectionSystems))])
        .nullish()
        .describe('Systems to signal beside Clear Key.'),
      always('signalling-unknown', `signalling must be a list of ${protectionSystems.join(', ')}.`),
    ),
    priority: field(priority.nullish().describe('normal when absent.'), priorityError),
  })
  .superRefine((given, context) => {
    checkPair(given, context);
    if (given.keys === 'per-track-type' && !isAbsent(given.key)) {
      const message = 'Keys per track type are generated: omit key and kid.';
      context.addIssue(broken('key', 'keys-conflict', message));
    }
  });

/** A request for new keys. */
export const rekeyRequest = z
  .object({
    ...optionalKey,
    revoke: field(
      z.boolean().nullish().describe('Whether older keys are revoked at once.'),
      always('revoke-invalid', 'revoke must be true or false.'),
    ),
  })
  .superRefine(checkPair);

/** A request that moves the work on a package in the queue. */
export const priorityRequest = z.object({ priority: field(priority.clone(), priorityError) });

/** The key of a request; null when it has none. */
export const contentKeyOf = ({ key, kid }: GivenKey): ContentKey | null =>
  key && kid ? { keyHex: key, kidHex: kid } : null;

/** The options of a package, with the defaults of what a request leaves out. */
export function packageOptions(request: z.output<typeof packageRequest>) {
  const { scheme, keys, signalling, priority } = request;
  const asked = Array.isArray(signalling) ? signalling : [signalling];
  return {
    key: contentKeyOf(request),
    scheme: scheme ?? 'cenc',
    keyMode: keys ?? 'one',
    signalling: protectionSystems.filter((system) => asked.includes(system)),
    priority: priority ?? 'normal',
  } as const;
}
