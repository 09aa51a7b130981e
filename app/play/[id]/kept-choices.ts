import { type PlayerChoices, parseChoices } from './player-choices';

const name = 'cenclave:player';

/** The choices kept in this browser; none where it keeps nothing, as in a private window or with storage blocked. */
export function loadChoices(): PlayerChoices {
  try {
    return parseChoices(localStorage.getItem(name));
  } catch {
    return {};
  }
}

/** Keeps choices beside those that are kept already, by this page or by another one that is open. */
export function keepChoices(choices: PlayerChoices): void {
  try {
    localStorage.setItem(name, JSON.stringify({ ...loadChoices(), ...choices }));
  } catch {
    // Blocked or full: the next video begins with the defaults.
  }
}
