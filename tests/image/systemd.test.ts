import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { tempFolder } from '../harness/temp-folder';

const program = process.env.SYSTEMD_ANALYZE_PATH ?? 'systemd-analyze';
const unit = path.resolve(import.meta.dirname, '../../deploy/cenclave.service');

function analyze(...args: string[]) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
  if (error) throw error;
  return { status, output: stdout + stderr };
}

it('the service is exposed by at most 3.0, as systemd counts', () => {
  // The threshold is in tenths.
  const { status, output } = analyze('security', '--offline=true', '--threshold=30', unit);
  expect(output).toMatch(/Overall exposure level for cenclave\.service: [0-2]\.\d|: 3\.0/);
  expect([status, output]).toEqual([0, output]);
});

it('systemd understands every line of it', () => {
  const file = path.join(tempFolder(), 'cenclave.service');
  const here = readFileSync(unit, 'utf8').replace('/opt/cenclave/node_modules/.bin/node', process.execPath);
  writeFileSync(file, here);
  const { status, output } = analyze('verify', '--recursive-errors=no', file);
  expect([status, output]).toEqual([0, '']);
});
