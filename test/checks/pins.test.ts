/** Pins: what each kind of name comes to under what a tag is worth; whose actions need none. */
import { describe, expect, it } from 'vitest';
import { check as actions } from '../../src/checks/patch-levels/actions-pinned.ts';
import { type Named, pinned } from '../../src/checks/patch-levels/pins.ts';
import type { Use } from '../../src/evidence/pipelines/pipeline.ts';
import type { Assessment, Unread } from '../../src/model.ts';

const WORDS = {
  noun: ['image', 'images'],
  fixed: 'a digest',
  moving: 'latest',
  fix: 'Pin it.',
  aside: '',
} as const;
const UNREAD: Unread = { at: { path: 'b/Dockerfile' }, reason: 'template', detail: 'it is a template' };

function named(...holds: readonly Named['holds'][]): readonly Named[] {
  return holds.map((it, index) => ({ name: `${it}-${index}`, holds: it, at: { path: 'Dockerfile', line: index + 1 } }));
}

describe('what names come to', () => {
  it.each([
    [['fixed'], 'verified', 'verified', 'verified'],
    [['fixed', 'tag'], 'contradicted', 'unknown', 'verified'],
    [['fixed', 'moving'], 'contradicted', 'contradicted', 'contradicted'],
    [['fixed', 'open'], 'unknown', 'unknown', 'unknown'],
    [['open', 'tag'], 'contradicted', 'unknown', 'unknown'],
    [['open', 'moving'], 'contradicted', 'contradicted', 'contradicted'],
  ] as const)('%s', (holds, refused, doubted, allowed) => {
    const standing = (tags: 'refused' | 'doubted' | 'allowed') => pinned(named(...holds), tags, WORDS, []).standing;
    expect([standing('refused'), standing('doubted'), standing('allowed')]).toEqual([refused, doubted, allowed]);
  });

  it('never holds where something could not be read', () => {
    expect(pinned(named('fixed'), 'allowed', WORDS, [UNREAD]).standing).toBe('unknown');
    expect(pinned(named('moving'), 'allowed', WORDS, [UNREAD]).standing).toBe('contradicted');
  });

  it('names what moves before what a tag holds', () => {
    const { problems } = pinned(named('tag', 'moving'), 'refused', WORDS, []);
    expect(problems.map(({ subject }) => subject)).toEqual(['moving-1', 'tag-0']);
  });
});

describe('accounts that are exempt', () => {
  const uses: readonly Use[] = [
    { kind: 'workflow', target: 'Acme/flows/.github/workflows/a.yml@main', pinned: false, local: false, at: at(3) },
    { kind: 'action', target: 'other/scan@v1', pinned: false, local: false, at: at(4) },
  ];

  it.each([
    [[], 'contradicted', 2],
    [['acme'], 'contradicted', 1],
    [['acme', 'OTHER'], 'not-applicable', 0],
  ] as const)('%s', (exempt, standing, problems) => {
    const answer = judged(uses, exempt);
    expect([answer.standing, answer.problems.length]).toEqual([standing, problems]);
    if (exempt.length === 1) expect(answer.because).toContain('; 1 of acme set aside');
  });
});

function at(line: number) {
  return { path: '.github/workflows/ci.yml', line };
}

function judged(uses: readonly Use[], exempt: readonly string[]): Assessment {
  const job = { id: 'a', needs: [], manual: false, purposes: [], uses, artefacts: [], at: at(2) };
  const pipeline = { system: 'github-actions' as const, name: 'ci', triggers: [], jobs: [job], at: at(1) };
  const facts = { pipelines: [pipeline], organisations: [], systems: [], pages: [] };
  const evidence = { pipelines: { facts, looked: { files: 1, note: '' }, unread: [], delegated: [] } };
  return actions.assess({ evidence, params: { tags: 'refused', exempt } } as unknown as Parameters<
    typeof actions.assess
  >[0]);
}
