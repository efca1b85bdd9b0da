/** An organisation's own checklist: every fault is a sentence with its file, line and, within a parameter, its column. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadChecklist, loadChecklists } from '../../src/checklist/load-checklist.ts';
import { CHECKLISTS } from '../../src/generated/checklists.ts';
import { InputError } from '../../src/input-error.ts';
import { memoryRepo } from '../../src/repo/memory.ts';
import { judgeRepository } from '../../src/run.ts';
import { checklistOf, MANIFEST } from '../checks/generic/judged-by.ts';
import { anyChecklist, anyFiles } from './any-checklist.ts';

const HEAD = `area: acme
title: Acme
intro: Rules of Acme.
rules:
  - id: acme/rule
    statement: It is so.
    severity: { tier1: major }
    why: It matters.
    fix: Do it.
    check: generic/expression
    with:
`;

async function refusal(text: string): Promise<{ readonly message: string; readonly at: string }> {
  const error: unknown = await loadChecklist(text, 'acme.yaml', []).then(
    () => undefined,
    (it: unknown) => it,
  );
  if (!(error instanceof InputError)) throw new Error(`not refused as it should be: ${String(error)}`);
  return { message: error.message, at: error.at };
}

describe('a fault in an expression is told with line and column of the file', () => {
  it.each([
    ['      expression: manifest.tier == 1 && tier == 2\n', 'acme.yaml:12:41'],
    ['      expression: "manifest.tier == 1 && tier == 2"\n', 'acme.yaml:12:42'],
    ['      expression: |\n        manifest.tier == 1 &&\n          tier == 2\n', 'acme.yaml:14:11'],
    ['      expression: |-\n        manifest.tier == 1 &&\n          tier == 2\n', 'acme.yaml:14:11'],
    ['      expression: >\n        manifest.tier == 1 &&\n        tier == 2\n', 'acme.yaml:12'],
    ['      expression: "true"\n      because: = tier\n', 'acme.yaml:13:18'],
    ['      expression: { tier1: "true", tier2: "tier == 2" }\n', 'acme.yaml:12:44'],
  ])('%j', async (parameters, at) => {
    const found = await refusal(HEAD + parameters);
    expect(found).toMatchObject({ message: expect.stringMatching(/Unknown variable: tier/), at });
  });
});

describe('a parameter that a check cannot use is refused', () => {
  it.each([
    ['generic/expression', { expression: '1' }, /gives int, and bool is asked for/],
    ['generic/expression', {}, /"expression"/],
    ['generic/expression', { expression: 'size(evidence.alerts.alerts) > 0' }, /not in `needs`/],
    ['generic/expression', { expression: 'evidence.alarms.x' }, /no kind of evidence alarms/],
    ['generic/expression', { expression: 'true', needs: ['alerts'] }, /no expression reads evidence\.alerts/],
    ['generic/expression', { expression: 'true', needs: ['alarms'] }, /sets "needs" to a value its check refuses/],
    ['generic/expression', { expression: 'true', proves: 'verified' }, /verifies nothing/],
    ['generic/expression', { expression: 'true', problems: '1' }, /list is asked for/],
    ['generic/file-exists', {}, /no file is named/],
    ['generic/file-exists', { files: ['../x'] }, /no path or glob/],
    ['generic/file-exists', { files: ['{a,{b,c}}'] }, /no path or glob/],
    ['generic/file-mentions', { files: ['a'] }, /nothing is looked for/],
    ['generic/file-mentions', { files: ['a'], patterns: ['(?=a)'] }, /is no pattern/],
    ['generic/file-mentions', { files: ['a'], patterns: ['(a)\\1'] }, /is no pattern/],
    ['generic/structured-value', { files: ['a'] }, /no path is named/],
    ['generic/structured-value', { files: ['a'], path: 'a', min: 3, max: 2 }, /min 3 is above max 2/],
    ['generic/structured-value', { files: ['a'], path: 'a', equals: [1] }, /sets "equals" to a value/],
    ['generic/manifest-states', { path: 'a', matches: '[' }, /is no pattern/],
  ])('%s with %j', async (check, params, message) => {
    expect(await refusal(checklistOf(check, params))).toMatchObject({
      message: expect.stringMatching(message),
      at: expect.stringMatching(/^acme\.yaml:\d+/),
    });
  });
});

describe('an id', () => {
  it('is used once, within a checklist and in all of a run', async () => {
    const rule = checklistOf('manifest/present', {});
    const twice = rule + rule.slice(rule.indexOf('  - id'));
    const taking = rule.replace('    statement', '    aliases: [manifest/present]\n    statement');
    await expect(loadChecklist(taking, 'acme.yaml', CHECKLISTS)).rejects.toThrow(
      'the rule id "manifest/present" is already in use',
    );
    expect(await refusal(twice)).toMatchObject({
      message: 'the rule id "acme/rule" is already in use',
      at: 'acme.yaml:12',
    });
    const files = ['a.yaml', 'b.yaml'].map((path) => ({ path, text: rule }));
    await expect(loadChecklists(files, [])).rejects.toMatchObject({ at: 'b.yaml:5' });
  });

  it.each(['constructor/x', 'generic/constructor', '__proto__'])('of no check is refused: %s', async (check) => {
    expect((await refusal(checklistOf(check, {}))).at).toMatch(/^acme\.yaml:\d+/);
  });
});

describe('arbitrary checklists', () => {
  it('load or are refused with a sentence and a place, and what loads judges any repository without an exception', async () => {
    let judged = 0;
    await fc.assert(
      fc.asyncProperty(anyChecklist, anyFiles, async (text, files) => {
        try {
          const own = await loadChecklist(text, 'acme.yaml', []);
          const always = await loadChecklist(checklistOf('manifest/present', {}).replaceAll('acme', 'else'), 'e', []);
          await judgeRepository(
            {
              repo: memoryRepo({ files: { ...files, 'gonogo.yaml': MANIFEST } }),
              dir: '',
              rootNamed: () => undefined,
            },
            {
              asOf: '2026-11-16',
              only: [],
              tier: 1,
              failOn: 'major',
              checklists: [own, always],
              profiles: {},
              version: '0',
              debug: true,
            },
          );
          judged += own.rules.length;
        } catch (error) {
          if (!(error instanceof InputError)) throw error;
          expect(error.at).toMatch(/^acme\.yaml:\d+/);
        }
      }),
      { numRuns: 200 },
    );
    expect(judged).toBeGreaterThan(60);
  });
});
