import { type PlayerChoices, parseChoices } from './player-choices';

const name = 'cenclave:player';

/**
 * The choices stored in this browser; none if it stores nothing, as in a private window or with blocked
 * storage.
 */
export function loadChoices(): PlayerChoices {
  try {
    return parseChoices(localStorage.getItem(name));
  } catch {
    return {};
  }
}

/** Stores choices in addition to those already stored, by this page or by another open one. */
export function keepChoices(choices: PlayerChoices): void {
  try {
    localStorage.setItem(name, JSON.stringify({ ...loadChoices(), ...choices }));
  } catch {
    // Blocked or full: the next video begins with the defaults.
  }
}
