// @ts-check
import { PlainError } from '../plain-error.mjs';
import { mustRunQuietly, runQuietly } from '../process/run-quietly.mjs';
import { chooseInstaller } from './choose-installer.mjs';
import { findProgram } from './find-program.mjs';

/**
 * @typedef {object} Tool a program of the system
 * @property {string} title
 * @property {string} setting the variable that names its path
 * @property {readonly string[]} names its names on PATH, best first
 * @property {string | readonly string[]} aptPackage
 * @property {readonly string[]} brewPackage
 */

/** @type {Record<import('../checks/steps.mjs').ToolName | 'nginx', Tool>} */
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
};

/**
 * The path of a tool, which is installed first where it is missing and this user may install.
 * @param {Tool} tool
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string>}
 */
export async function ensureTool(tool, env) {
  const chosen = env[tool.setting];
  const found = findProgram(chosen ? [chosen] : tool.names, env.PATH);
  if (found) return found;
  if (chosen) {
    const sentence = `The setting ${tool.setting} is "${chosen}", where no program is. Correct it, or leave it out.`;
    throw new PlainError(sentence);
  }
  await installTool(tool, env);
  const installed = findProgram(tool.names, env.PATH);
  if (!installed) {
    throw new PlainError(`${tool.title} was installed, but is not on PATH. Set ${tool.setting} to its path.`);
  }
  return installed;
}

/**
 * @param {Tool} tool
 * @param {NodeJS.ProcessEnv} env
 */
async function installTool(tool, env) {
  const has = (/** @type {string} */ name) => findProgram([name], env.PATH) !== undefined;
  const { command, run } = chooseInstaller(tool, {
    isMac: process.platform === 'darwin',
    hasBrew: has('brew'),
    hasApt: has('apt-get'),
    isRoot: process.getuid?.() === 0,
    // `-n`: never ask for a password.
    hasSudo: has('sudo') && (await runQuietly(['sudo', '-n', 'true'], { env })).ok,
  });
  const install = run.at(-1);
  if (!install) {
    const or = `or set ${tool.setting} to its path`;
    throw new PlainError(`${tool.title} is missing. Install it with: ${command} (${or}), and start again.`);
  }
  console.log(`Installing ${tool.title} … (${command})`);
  // A refresh may fail for a repository that has nothing to do with this package: the install itself decides.
  for (const refresh of run.slice(0, -1)) await runQuietly(refresh, { env });
  await mustRunQuietly(install, { env, failure: `${tool.title} could not be installed. Try: ${command}` });
}
