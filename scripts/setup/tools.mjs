// @ts-check

/**
 * @typedef {object} Tool a program of the system
 * @property {string} title
 * @property {string} setting the variable that names its path
 * @property {readonly string[]} names its names on PATH, best first
 * @property {string | readonly string[]} aptPackage
 * @property {readonly string[]} brewPackage
 */

/** @type {Record<import('../checks/steps.mjs').ToolName, Tool>} */
export const tools = {
  ffmpeg: {
    title: 'FFmpeg',
    setting: 'FFMPEG_PATH',
    names: ['ffmpeg'],
    aptPackage: 'ffmpeg',
    brewPackage: ['ffmpeg'],
  },
  ffprobe: {
    title: 'ffprobe (part of FFmpeg)',
    setting: 'FFPROBE_PATH',
    names: ['ffprobe'],
    aptPackage: 'ffmpeg',
    brewPackage: ['ffmpeg'],
  },
  chromium: {
    title: 'Chromium',
    setting: 'CHROMIUM_PATH',
    names: ['chromium', 'chromium-browser', 'google-chrome'],
    aptPackage: 'chromium',
    brewPackage: ['--cask', 'chromium'],
  },
  firefox: {
    title: 'Firefox',
    setting: 'FIREFOX_PATH',
    names: ['firefox-esr', 'firefox'],
    aptPackage: 'firefox-esr',
    brewPackage: ['--cask', 'firefox'],
  },
  webkit: {
    title: 'WebKitGTK with its driver',
    setting: 'WEBKIT_DRIVER_PATH',
    names: ['WebKitWebDriver'],
    aptPackage: 'webkit2gtk-driver',
    brewPackage: ['webkitgtk'],
  },
  xvfb: {
    title: 'Xvfb (a display in memory)',
    setting: 'XVFB_PATH',
    names: ['Xvfb'],
    aptPackage: 'xvfb',
    brewPackage: ['--cask', 'xquartz'],
  },
  pulseaudio: {
    title: 'PulseAudio, and the decoders and audio output of WebKitGTK',
    setting: 'PULSEAUDIO_PATH',
    names: ['pulseaudio'],
    // WebKitGTK only recommends these, and plays neither H.264 nor into PulseAudio without them.
    aptPackage: ['pulseaudio', 'gstreamer1.0-pulseaudio', 'gstreamer1.0-libav', 'gstreamer1.0-plugins-bad'],
    brewPackage: ['pulseaudio'],
  },
  curl: {
    title: 'curl',
    setting: 'CURL_PATH',
    names: ['curl'],
    aptPackage: 'curl',
    brewPackage: ['curl'],
  },
  bwrap: {
    title: 'Bubblewrap',
    setting: 'BWRAP_PATH',
    names: ['bwrap'],
    aptPackage: 'bubblewrap',
    brewPackage: ['bubblewrap'],
  },
  strace: {
    title: 'strace',
    setting: 'STRACE_PATH',
    names: ['strace'],
    aptPackage: 'strace',
    brewPackage: ['strace'],
  },
  nginx: {
    title: 'nginx',
    setting: 'NGINX_PATH',
    // Debian keeps it where only root looks.
    names: ['nginx', '/usr/sbin/nginx'],
    aptPackage: 'nginx-light',
    brewPackage: ['nginx'],
  },
  caddy: {
    title: 'Caddy',
    setting: 'CADDY_PATH',
    names: ['caddy'],
    aptPackage: 'caddy',
    brewPackage: ['caddy'],
  },
  buildah: {
    title: 'Buildah',
    setting: 'BUILDAH_PATH',
    names: ['buildah'],
    aptPackage: 'buildah',
    brewPackage: ['buildah'],
  },
  runc: {
    title: 'runc (runs containers)',
    setting: 'RUNC_PATH',
    names: ['runc'],
    aptPackage: 'runc',
    brewPackage: ['runc'],
  },
  mmdebstrap: {
    title: 'mmdebstrap',
    setting: 'MMDEBSTRAP_PATH',
    names: ['mmdebstrap'],
    aptPackage: ['mmdebstrap', 'debian-archive-keyring'],
    brewPackage: ['mmdebstrap'],
  },
  systemdAnalyze: {
    title: 'systemd-analyze',
    setting: 'SYSTEMD_ANALYZE_PATH',
    names: ['systemd-analyze'],
    aptPackage: 'systemd',
    brewPackage: ['systemd'],
  },
};
