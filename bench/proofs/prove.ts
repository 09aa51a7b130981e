/** Fails a measure whose output is wrong: a figure for it would mean nothing. */
export function prove(isRight: boolean, otherwise: string): asserts isRight {
  if (!isRight) throw new Error(`The output is wrong: ${otherwise}.`);
}
