import type shaka from 'shaka-player/dist/shaka-player.ui';

type Shaka = typeof shaka;

/**
 * The rest of Shaka Player's buttons are for live streams, queues, 3D and devices that need another host's
 * script.
 */
const buttons = {
  wide: [
    'play_pause',
    'mute_volume',
    'time_and_duration',
    'spacer',
    'captions',
    'overflow_menu',
    'fullscreen',
  ],
  /** On phones a large button in the middle plays and pauses, and the device sets the volume. */
  mobile: ['mute', 'time_and_duration', 'spacer', 'captions', 'overflow_menu', 'fullscreen'],
};
const menu = ['quality', 'language', 'playback_rate', 'picture_in_picture'];

const speeds = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];

/** Shaka Player's English labels that are unusual to viewers. */
const englishWords = new Map([
  ['RESOLUTION', 'Quality'],
  ['LANGUAGE', 'Audio'],
]);

/** An empty name disables a shortcut: these keys scroll the page, or have no use here. */
const shortcuts = {
  large_rewind: 'j',
  large_fast_forward: 'l',
  home: '',
  end: '',
  captions: '',
  take_screenshot: '',
};

/** Puts Shaka Player's controls over a video element. */
export function newOverlay(
  library: Shaka,
  player: shaka.Player,
  container: HTMLElement,
  video: HTMLVideoElement,
): shaka.ui.Overlay {
  const overlay = new library.ui.Overlay(player, container, video);
  const { LABEL } = library.ui.Overlay.TrackLabelFormat;
  overlay.configure({
    castSenderUrl: '',
    controlPanelElements: overlay.isMobile() ? buttons.mobile : buttons.wide,
    overflowMenuButtons: menu,
    contextMenuElements: ['captions-size', 'loop', 'picture_in_picture'],
    // The manifest's labels describe languages, channels and commentaries.
    trackLabelFormat: LABEL,
    textTrackLabelFormat: LABEL,
    showAudioChannelCountVariants: false,
    playbackRates: speeds,
    playbackRateSliderMin: speeds[0],
    playbackRateSliderMax: speeds.at(-1),
    enableKeyboardPlaybackControlsInWindow: true,
    keyboardLargeSeekDistance: 10,
    shortcuts,
    seekBarColors: { played: '#62d8b0' },
  });
  overlay.getControls()?.getLocalization()?.insert('en', englishWords);
  writeSpeeds(container);
  return overlay;
}

/** Shaka Player writes speeds with a comma in every language. */
function writeSpeeds(container: HTMLElement): void {
  for (const button of container.querySelectorAll('.shaka-playback-rate-preset-btn')) {
    const speed = Number(button.textContent?.replace(',', '.'));
    if (Number.isFinite(speed)) button.textContent = speed.toLocaleString();
  }
}
