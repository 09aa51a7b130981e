import { afterEach, expect, it, vi } from 'vitest';
import { keepChoices, loadChoices } from '@/app/_features/player/player-choices';

/** A localStorage of one entry. */
function storageWith(kept: string | null) {
  const storage = {
    kept,
    getItem: () => storage.kept,
    setItem(_name: string, value: string) {
      storage.kept = value;
    },
  };
  vi.stubGlobal('localStorage', storage);
  return storage;
}

afterEach(() => void vi.unstubAllGlobals());

it('new choices are merged with the stored ones', () => {
  storageWith(null);
  keepChoices({ volume: 0.5, speed: 2 });
  keepChoices({ speed: 1.5 });
  expect(loadChoices()).toEqual({ volume: 0.5, speed: 1.5 });
});

it('an invalid value is replaced', () => {
  const storage = storageWith('{"volume":');
  expect(loadChoices()).toEqual({});
  keepChoices({ isMuted: true });
  expect(storage.kept).toBe('{"isMuted":true}');
});

it('nothing is stored or thrown where the browser refuses storage', () => {
  const refuse = () => {
    throw new Error('SecurityError');
  };
  vi.stubGlobal('localStorage', { getItem: refuse, setItem: refuse });
  keepChoices({ volume: 1 });
  expect(loadChoices()).toEqual({});
});
