/** The truth command on made-up labels and real little repositories: finds them, judges at the labelled commit, counts. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../../scripts/truth/compare.ts';
import { type Label, parseLabels } from '../../scripts/truth/labels.ts';
import { measure } from '../../scripts/truth/measure.ts';
import { show } from '../../scripts/truth/show.ts';
import { InputError } from '../../src/input-error.ts';
import { commit, git, repository, temporaryFolder, write } from '../repo/temporary.ts';

const RULE = 'ownership/owner-named';
const YARDSTICK = { asOf: '2026-11-16', only: [] };

function label(answer: Label['answer'], more: Partial<Label> = {}): Label {
  return { answer, accept: [], evidence: [], ...more };
}

/** A folder with a bare `acme+shop/repo` whose first commit names an owner and whose second does not any more. */
function folderOfCheckouts(): { readonly folder: string; readonly first: string; readonly second: string } {
  const work = repository({ CODEOWNERS: '* @acme/shop\n', 'README.md': '# Shop\n' });
  const first = git(work, ['rev-parse', 'HEAD']).trim();
  git(work, ['rm', '-q', 'CODEOWNERS']);
  const second = commit(work, 'second');
  const folder = temporaryFolder();
  write(folder, { 'acme+shop/.keep': '' });
  git(folder, ['clone', '-q', '--bare', work, join(folder, 'acme+shop', 'repo')]);
  return { folder, first, second };
}

function labelsOf(repositories: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ questions: {}, repositories });
}

describe('the truth command', () => {
  it('judges each repository at its labelled commit and names those it cannot', async () => {
    const { folder, first, second } = folderOfCheckouts();
    const answers = {
      [RULE]: { answer: 'yes', evidence: ['CODEOWNERS:1'] },
      'made-up/rule': { answer: 'no', evidence: [] },
    };
    const labelled = (id: string) =>
      parseLabels(
        labelsOf({ 'acme/shop': { commit: id, answers }, 'acme/gone': { commit: first, answers } }),
        'labels.json',
      );
    const before = await measure(folder, labelled(first), YARDSTICK);
    expect(before.compared.map(({ rule, outcome }) => [rule, outcome])).toEqual([[RULE, 'right']]);
    expect(before.unasked).toEqual(['made-up/rule']);
    expect(before.absent).toEqual([{ repository: 'acme/gone', why: 'not found in the folder' }]);
    const after = await measure(folder, labelled(second), YARDSTICK);
    expect(after.compared.map(({ outcome }) => outcome)).toEqual(['wrong-no']);
    const lacking = await measure(folder, labelled('f'.repeat(40)), YARDSTICK);
    expect(lacking.absent[0]?.why).toMatch(/there is no commit/);
  });

  it('finds work trees by owner/name and by name', async () => {
    for (const place of ['acme/shop', 'shop', 'acme+shop.git']) {
      const { folder, first } = folderOfCheckouts();
      const other = temporaryFolder();
      git(folder, ['clone', '-q', join(folder, 'acme+shop', 'repo'), join(other, place)]);
      const text = labelsOf({ 'acme/shop': { commit: first, answers: { [RULE]: { answer: 'no' } } } });
      const { compared } = await measure(other, parseLabels(text, 'labels.json'), YARDSTICK);
      expect(compared.map(({ outcome }) => outcome)).toEqual(['wrong-yes']);
    }
  });

  it('shows what made it decide beside what the label says, wrong ones first, and hides no control characters', async () => {
    const { folder, first } = folderOfCheckouts();
    const answers = { [RULE]: { answer: 'no', evidence: ['CODEOWNERS:1'], note: 'by \u001b[2J hand' } };
    const text = labelsOf({ 'acme/shop': { commit: first, answers } });
    const shown = show(await measure(folder, parseLabels(text, 'labels.json'), YARDSTICK), false);
    expect(shown).toMatch(/wrong 1 \(1 verified\)/);
    expect(shown).toMatch(
      /WRONG-YES {2}ownership\/owner-named {2}acme\/shop\n {2}ours: {2}verified: .*\n.*CODEOWNERS:1/,
    );
    expect(shown).toContain('by \\u{1b}[2J hand');
  });

  it('maps standings to answers', () => {
    expect(outcomeOf('verified', label('yes'))).toBe('right');
    for (const standing of ['missing', 'contradicted', 'stale'] as const)
      expect(outcomeOf(standing, label('no'))).toBe('right');
    expect(outcomeOf('not-applicable', label('na'))).toBe('right');
    expect(outcomeOf('unknown', label('unsure'))).toBe('right');
    expect(outcomeOf('verified', label('no', { relaxed: 'yes' }))).toBe('relaxed');
    expect(outcomeOf('verified', label('unsure', { accept: ['yes'] }))).toBe('accepted');
    expect(outcomeOf('verified', label('unsure'))).toBe('beyond');
    expect(outcomeOf('verified', label('no'))).toBe('wrong-yes');
    expect(outcomeOf('missing', label('yes'))).toBe('wrong-no');
    for (const standing of ['unknown', 'declared', 'not-applicable'] as const)
      expect(outcomeOf(standing, label('yes'))).toBe('abstained');
  });

  it('refuses what holds no labels', () => {
    const id = 'a'.repeat(40);
    for (const text of [
      '',
      '[]',
      '{}',
      labelsOf({ shop: { commit: id, answers: {} } }),
      labelsOf({ 'acme/shop': { commit: 'main', answers: {} } }),
      labelsOf({ 'acme/shop': { commit: id, answers: { [RULE]: { answer: 'perhaps' } } } }),
    ])
      expect(() => parseLabels(text, 'labels.json'), text).toThrow(InputError);
  });

  it('exits 2 on bad arguments', () => {
    for (const args of [[], ['/nonexistent'], ['.', '--labels', 'nowhere.json'], ['.', '--no-such-flag']]) {
      const run = () =>
        execFileSync('node_modules/.bin/tsx', ['scripts/truth.ts', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
      expect(run, args.join(' ')).toThrow(expect.objectContaining({ status: 2 }));
    }
  });
});
