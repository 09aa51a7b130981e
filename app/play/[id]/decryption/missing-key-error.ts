/** The license has no key for a track. */
export class MissingKeyError extends Error {
  override readonly name = 'MissingKeyError';

  constructor(kidHex: string) {
    super(`The license has no key for the KID ${kidHex}.`);
  }
}
