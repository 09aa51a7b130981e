import { describe, expect, it } from 'vitest';
import { asCsv, asJsonLines } from '@/app/_features/audit/export-events';

const event = {
  id: 7,
  at: '2026-11-28T12:00:00.000Z',
  actor: { kind: 'user', id: 'u1', name: 'Ada' },
  address: '127.0.0.1',
  action: 'share-create',
  target: 'package:1',
  outcome: 'done' as const,
  detail: null as string | null,
};

describe('the export of the audit log as CSV', () => {
  it('begins with the names of its columns', () => {
    expect(asCsv([])).toBe('id,at,actor_kind,actor_id,actor_name,address,action,target,outcome,detail\r\n');
  });

  it.each([
    ['nothing', null, ''],
    ['a word', 'by invitation', 'by invitation'],
    ['a comma', 'a, b', '"a, b"'],
    ['quotes', 'the "best"', '"the ""best"""'],
    ['a line end', 'a\nb', '"a\nb"'],
    ['a formula', '=HYPERLINK(1)', "'=HYPERLINK(1)"],
    ['a formula with a comma', '@SUM(1,2)', `"'@SUM(1,2)"`],
  ])('writes %s so that a spreadsheet reads it as text', (_name, detail, cell) => {
    const [, row] = asCsv([{ ...event, detail }]).split(/\r\n/);
    expect(row).toBe(`7,2026-11-28T12:00:00.000Z,user,u1,Ada,127.0.0.1,share-create,package:1,done,${cell}`);
  });
});

it('the export as JSON lines has one event a line', () => {
  const lines = asJsonLines([event, { ...event, id: 6 }]).split('\n');
  expect(lines.slice(0, 2).map((line) => JSON.parse(line).id)).toEqual([7, 6]);
  expect(lines[2]).toBe('');
});
