import type shaka from 'shaka-player/dist/shaka-player.ui';
import { audioChoice, pickRendition, pickText, qualityOf, textChoice } from './pick-tracks';
import { changedChoices, keepChoices, type PlayerChoices } from './player-choices';

/** Sets a video element to the viewer's volume before it starts to play. */
export function applyVolume(video: HTMLVideoElement, { volume, isMuted }: PlayerChoices): void {
  if (volume !== undefined) video.volume = volume;
  if (isMuted !== undefined) video.muted = isMuted;
}

/**
 * Applies the viewer's choices to a player that has loaded a manifest; the audio track is chosen during
 * loading.
 */
export function applyChoices(player: shaka.Player, { text, quality, speed }: PlayerChoices): void {
  if (text !== undefined) player.selectTextTrack(pickText(player.getTextTracks(), text));
  const rendition = pickRendition(player.getVideoTracks(), quality);
  if (rendition) {
    player.configure({ abr: { enabled: false } });
    player.selectVideoTrack(rendition, true);
  }
  if (speed !== undefined) player.trickPlay(speed, false);
}

const playerEvents = [
  'audiotrackschanged',
  'textchanged',
  'variantchanged',
  'abrstatuschanged',
  'ratechange',
];

/**
 * Stores what the viewer changes from now on. Values that are the same as at the start are not stored: they
 * may apply to this video only, such as a fallback for a quality that it does not have, or muting because the
 * browser refused to start with audio.
 * @returns a function that stops it
 */
export function rememberChoices(player: shaka.Player, video: HTMLVideoElement): () => void {
  let before = currentChoices(player, video);
  const onChange = () => {
    const now = currentChoices(player, video);
    const changed = changedChoices(before, now);
    before = now;
    if (Object.keys(changed).length > 0) keepChoices(changed);
  };
  for (const name of playerEvents) player.addEventListener(name, onChange);
  video.addEventListener('volumechange', onChange);
  return () => {
    for (const name of playerEvents) player.removeEventListener(name, onChange);
    video.removeEventListener('volumechange', onChange);
  };
}

function currentChoices(player: shaka.Player, video: HTMLVideoElement): PlayerChoices {
  const rendition = player.getVideoTracks().find(({ active }) => active);
  const audio = player.getAudioTracks().find(({ active }) => active);
  const texts = player.getTextTracks();
  const text = texts.find(({ active }) => active);
  const isAuto = player.getConfiguration().abr.enabled;
  return {
    volume: video.volume,
    isMuted: video.muted,
    speed: player.getPlaybackRate(),
    ...(isAuto ? { quality: 'auto' } : rendition && { quality: qualityOf(rendition) }),
    ...(audio && { audio: audioChoice(audio) }),
    ...(texts.length > 0 && { text: text ? textChoice(text) : 'off' }),
  };
}
