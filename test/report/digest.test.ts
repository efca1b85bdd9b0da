/** The digest as Markdown and as HTML: one page, inert whatever services are called, the same facts in both. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ServiceLine } from '../../src/model-trend.ts';
import { digestHtml } from '../../src/report/digest-html.ts';
import { digestMarkdown } from '../../src/report/digest-markdown.ts';
import { type Digest, digestFrom } from '../../src/trends/digest.ts';
import { runOf } from '../trends/sample-runs.ts';
import { hostileText, offences } from './hostile.ts';
import { readMarkdown } from './rendered-markdown.ts';

const NEWS: Readonly<Record<string, Partial<ServiceLine>>> = {
  'acme/shop': {
    owner: 'team-shop',
    commit: '4f2a9c1d0e8b',
    overdue: 3,
    waivers: [{ rule: 'data/restore-tested', owner: 'lee', expires: '2026-12-01' }],
    endOfLife: [{ name: 'Node.js 20', on: '2026-04-30' }],
    leads: { data: 'kim' },
    announced: [{ rule: 'release/canary', from: '2027-01-01' }],
  },
};

function sample(): Digest {
  const week = (asOf: string, shop: 'fails' | 'met') =>
    runOf(
      asOf,
      {
        'acme/mail': { 'runbooks/a': shop === 'met' ? 'fails' : 'met', 'release/canary': 'met' },
        'acme/shop': { 'runbooks/a': shop, 'data/restore-tested': 'waived', 'release/canary': 'warns' },
      },
      { repositories: 3, unjudged: [{ repo: 'acme/gone', outcome: 'unreachable' }] },
      (key) => NEWS[key] ?? {},
    );
  const earlier = [week('2026-10-19', 'fails'), week('2026-11-02', 'fails'), week('2026-11-09', 'fails')];
  const [, , before] = earlier;
  return digestFrom({
    now: week('2026-11-16', 'met'),
    ...(before && { before }),
    earlier,
    focus: {
      runbooks: { title: 'Every alert leads to a runbook', rules: ['runbooks'], owner: 'ops', deadline: '2027-01-31' },
    },
  });
}

describe('a digest', () => {
  it('is as committed', async () => {
    await expect(digestMarkdown(sample())).toMatchFileSnapshot('__golden__/digest.md');
    await expect(digestHtml(sample())).toMatchFileSnapshot('__golden__/digest.html');
  });

  it('of an empty estate says so', () => {
    const page = digestMarkdown(digestFrom({ now: runOf('2026-11-16', {}), earlier: [] }));
    expect(page).toContain('0 services in 0 repositories: 0 NO-GO, 0 CONDITIONAL GO, 0 GO.');
  });

  it('is inert and has its rows, whatever a repository says', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (name, owner) => {
        const lines = { name, owner, repo: name, waivers: [{ rule: 'data/a', owner, expires: '2026-11-20' }] };
        const now = runOf('2026-11-16', { shop: { 'data/a': 'waived' } }, {}, () => ({ ...lines, overdue: 1 }));
        const digest = digestFrom({ now, earlier: [] });
        expect(offences(digestMarkdown(digest))).toEqual([]);
        expect(offences(digestHtml(digest))).toEqual([]);
        expect(digestHtml(digest)).not.toMatch(/<script|<img|<iframe/i);
        expect(readMarkdown(digestMarkdown(digest)).foreign).toEqual([]);
      }),
    );
  });
});
