import { expect, test } from 'vitest';
import { allSteps, chooseSteps, commandsOf } from '../../../scripts/checks/steps.mjs';

const namesOf = (steps: readonly { name: string }[]) => steps.map((step) => step.name);

test('all steps but those that need a name run in order when none is named', () => {
  expect(namesOf(chooseSteps([]))).toEqual([
    'format',
    'lint',
    'types',
    'imports',
    'dead-code',
    'audit',
    'unit',
    'component',
    'integration',
    'build',
    'e2e',
    'browsers',
    'bench',
    'faults',
  ]);
});

test('a step that needs a name runs when it is named', () => {
  expect(namesOf(chooseSteps(['image', 'unit']))).toEqual(['unit', 'image']);
});

test('named steps run in the usual order, whatever the order of the names', () => {
  expect(namesOf(chooseSteps(['unit', 'types']))).toEqual(['types', 'unit']);
});

test('a misspelled step is reported with the names that exist', () => {
  expect(() => chooseSteps(['unit', 'unti'])).toThrow(/"unti".*format, lint, types/);
});

test('a vitest step writes a report, after what must come before it', () => {
  const e2e = allSteps.find((step) => step.name === 'e2e');
  expect(e2e && commandsOf(e2e, '/tmp/e2e.json')).toEqual([
    ['node', 'scripts/build.mjs'],
    [
      'vitest',
      'run',
      '--project',
      'e2e',
      '--reporter=default',
      '--reporter=json',
      '--outputFile.json=/tmp/e2e.json',
    ],
  ]);
});
