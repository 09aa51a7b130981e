import type shaka from 'shaka-player/dist/shaka-player.ui';
import type { Scheme } from '@/lib/media/scheme';
import type { Track } from '@/lib/media/track';
import { audioPreferences, pickAudio } from './pick-tracks';
import { loadChoices } from './player-choices';
import { applyChoices, applyVolume } from './remember-choices';
import { noRetries } from './retry-requests';
import { newAbrManager } from './throughput';

/** What to play, and the start time. */
export interface Source {
  manifest: string;
  license: string;
  startSeconds: number;
  scheme: Scheme;
  tracks: Track[];
}

type Shaka = typeof shaka;

/** Loads the manifest, sets the player to what the viewer chose with an earlier video, and plays. */
export async function loadAsChosen(
  library: Shaka,
  player: shaka.Player,
  video: HTMLVideoElement,
  source: Source,
  startSeconds: Source['startSeconds'],
): Promise<void> {
  const choices = loadChoices();
  const audioTracks = source.tracks.filter(({ kind }) => kind === 'audio');
  const audio = pickAudio(audioTracks, choices.audio, navigator.languages);
  player.configure({
    drm: { servers: { 'org.w3.clearkey': source.license }, retryParameters: noRetries },
    manifest: { retryParameters: noRetries },
    streaming: { retryParameters: noRetries },
    abrFactory: () => newAbrManager(library),
    preferredAudio: audio ? audioPreferences(audio) : [],
  });
  applyVolume(video, choices);
  if (player.getMediaElement() !== video) await player.attach(video);
  await player.load(source.manifest, startSeconds);
  applyChoices(player, choices);
  await playIfAllowed(video);
}

/**
 * Starts playback. Browsers may refuse to start with audio before a click; then it starts muted, or else the
 * viewer presses play.
 */
async function playIfAllowed(video: HTMLVideoElement): Promise<void> {
  try {
    await video.play();
  } catch (error) {
    if (!(error instanceof DOMException) || error.name !== 'NotAllowedError') return;
    video.muted = true;
    await video.play().catch(() => {
      video.muted = false;
    });
  }
}
