import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { makeFolder } from '../make-folder';

const samplesPerSecond = 48_000;

/** An audio device that records what a browser plays: a null sink of a PulseAudio server of its own. */
export interface AudioDevice {
  /** For the environment of the browser. */
  env: { PULSE_SERVER: string };
  /** The loudest frequency of the next half second, in hertz; 0 when it is silent. */
  frequency(): Promise<number>;
  stop(): Promise<void>;
}

export async function startAudioDevice(): Promise<AudioDevice> {
  const folder = makeFolder();
  const socket = path.join(folder, 'pulse');
  const modules = ['module-null-sink', `module-native-protocol-unix auth-anonymous=1 socket=${socket}`];
  const server = spawn(
    process.env.PULSEAUDIO_PATH ?? 'pulseaudio',
    [
      '-n',
      '--daemonize=no',
      '--use-pid-file=no',
      '--exit-idle-time=-1',
      ...modules.flatMap((one) => ['-L', one]),
    ],
    { env: { ...process.env, HOME: folder, PULSE_RUNTIME_PATH: folder }, stdio: 'ignore' },
  );
  while (!existsSync(socket) && server.exitCode === null) await sleep(20);
  const env = { PULSE_SERVER: `unix:${socket}` };
  return {
    env,
    frequency: () => loudestFrequency(env),
    async stop() {
      server.kill();
      if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function loudestFrequency(env: AudioDevice['env']): Promise<number> {
  const { stdout } = await promisify(execFile)(
    process.env.FFMPEG_PATH ?? 'ffmpeg',
    // biome-ignore format: one option a line
    [
      '-v', 'error',
      '-f', 'pulse', '-i', 'null.monitor',
      '-t', '0.5', '-ac', '1', '-ar', String(samplesPerSecond),
      '-f', 'f32le', '-',
    ],
    { env: { ...process.env, ...env }, encoding: 'buffer', maxBuffer: 16 * 1024 * 1024 },
  );
  return crossings(new Float32Array(stdout.buffer, stdout.byteOffset, Math.floor(stdout.length / 4)));
}

/** The frequency of one tone, by how often it rises above zero. */
function crossings(samples: Float32Array): number {
  const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  if (loudest < 0.001) return 0;
  const rises: number[] = [];
  for (let i = 1; i < samples.length; i++) {
    if ((samples[i - 1] ?? 0) < 0 && (samples[i] ?? 0) >= 0) rises.push(i);
  }
  const [first = 0, last = 0] = [rises[0], rises.at(-1)];
  return last > first ? ((rises.length - 1) * samplesPerSecond) / (last - first) : 0;
}
