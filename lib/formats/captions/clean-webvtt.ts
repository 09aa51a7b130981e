import { setImmediate as nextTurn } from 'node:timers/promises';
import { cleanCueText } from './clean-cue-text';
import { type Cue, readWebvtt, writeWebvtt } from './webvtt';

/** After this many characters, waiting requests get their turn: some 20 ms. */
const charactersAtOnce = 100_000;
/** The most characters of a cue; nobody reads more. */
const maxCueCharacters = 20_000;

/** A cue without an end is shown for this long, or until the next one. */
const endlessMs = 5000;

/**
 * Converts WebVTT, as FFmpeg or a person wrote it, into what players accept: in time order, with text in
 * every cue. Null when no cue is left. `codec` is FFmpeg's name of the original format.
 */
export async function cleanWebvtt(text: string, codec: string): Promise<string | null> {
  const cues: Cue[] = [];
  let sinceTurn = 0;
  for (const cue of readWebvtt(text)) {
    if (cue.startMs < 0 && cue.endMs <= 0) continue;
    const cleaned = cleanCue(cue, codec === 'ass');
    if (cleaned.text.replaceAll(/<[^>]*>/g, '').trim() !== '') cues.push(cleaned);
    sinceTurn += cue.text.length;
    if (sinceTurn < charactersAtOnce) continue;
    sinceTurn = 0;
    await nextTurn();
  }
  cues.sort((a, b) => a.startMs - b.startMs);
  return cues.length === 0 ? null : writeWebvtt(withoutRepeats(cues.map(withEnd)));
}

function cleanCue(cue: Cue, isAss: boolean): Cue {
  const written = cue.text.slice(0, maxCueCharacters);
  const text = cleanCueText(isAss ? fromAss(written) : written);
  return { ...cue, startMs: Math.max(0, cue.startMs), settings: knownSettings(cue.settings), text };
}

/** Removes repeated cues: SubStation Alpha overlays the same words for effect. */
function withoutRepeats(cues: Cue[]): Cue[] {
  const seen = new Set<string>();
  return cues.filter((cue) => {
    const key = JSON.stringify(cue);
    return !seen.has(key) && seen.add(key);
  });
}

function withEnd(cue: Cue, i: number, cues: Cue[]): Cue {
  if (cue.endMs > cue.startMs) return cue;
  const nextMs = cues[i + 1]?.startMs ?? cue.startMs;
  const longestMs = cue.startMs + endlessMs;
  return { ...cue, endMs: nextMs > cue.startMs ? Math.min(nextMs, longestMs) : longestMs };
}

/**
 * Removes the comments of SubStation Alpha, which are not shown, and its vector drawings: FFmpeg leaves both
 * as text.
 */
function fromAss(text: string): string {
  return text
    .replaceAll(/\{[^{}]*\}/g, '')
    .split('\n')
    .filter((line) => !drawing.test(line))
    .join('\n');
}

/** Commands and coordinates, such as `m 0 0 l 100 0 100 100`. */
const drawing = /^\s*m\s+-?[\d.]+\s+-?[\d.]+(\s+([mnlbspc]|-?[\d.]+))*\s*$/;

/** Keeps well-formed settings (WebVTT, 3.5); regions are not carried. */
function knownSettings(settings: string): string {
  return settings
    .split(/\s+/)
    .filter((item) => setting.test(item))
    .join(' ');
}

const setting =
  /^(vertical:(rl|lr)|line:(-?\d+|\d+(\.\d+)?%)(,(start|center|end))?|position:\d+(\.\d+)?%(,(line-left|center|line-right))?|size:\d+(\.\d+)?%|align:(start|center|end|left|right))$/;
