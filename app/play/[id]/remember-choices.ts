import type shaka from 'shaka-player/dist/shaka-player.ui';
import { keepChoices } from './kept-choices';
import { audioChoice, pickPicture, pickText, qualityOf, textChoice } from './pick-tracks';
import { changedChoices, type PlayerChoices } from './player-choices';

/** Sets a video element to how loud the viewer wants it, before it makes a sound. */
export function applySound(video: HTMLVideoElement, { volume, isMuted }: PlayerChoices): void {
  if (volume !== undefined) video.volume = volume;
  if (isMuted !== undefined) video.muted = isMuted;
}

/** Sets a player that has loaded a manifest to what the viewer chose; the audio track is chosen while it loads. */
export function applyChoices(player: shaka.Player, { text, quality, speed }: PlayerChoices): void {
  if (text !== undefined) player.selectTextTrack(pickText(player.getTextTracks(), text));
  const picture = pickPicture(player.getVideoTracks(), quality);
  if (picture) {
    player.configure({ abr: { enabled: false } });
    player.selectVideoTrack(picture, true);
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
 * Keeps what the viewer changes from now on. What is as it was at the start is not kept: it may be so for this video only,
 * as a quality that it does not have, or a sound that the browser would not start with.
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
  const picture = player.getVideoTracks().find(({ active }) => active);
  const audio = player.getAudioTracks().find(({ active }) => active);
  const texts = player.getTextTracks();
  const text = texts.find(({ active }) => active);
  const isAuto = player.getConfiguration().abr.enabled;
  return {
    volume: video.volume,
    isMuted: video.muted,
    speed: player.getPlaybackRate(),
    ...(isAuto ? { quality: 'auto' } : picture && { quality: qualityOf(picture) }),
    ...(audio && { audio: audioChoice(audio) }),
    ...(texts.length > 0 && { text: text ? textChoice(text) : 'off' }),
  };
}
