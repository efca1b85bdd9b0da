/** What changed is said by every format that people read beside a change, in the same words. */
import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../src/generated/formats.ts';
import type { Report } from '../../src/model.ts';
import { canvas } from './canvas.ts';
import { several, worse } from './sample-change.ts';
import { finding, problem, report, service } from './sample-report.ts';

const PEOPLE = ['terminal', 'markdown', 'github-summary', 'html'] as const;

async function shown(name: keyof typeof FORMATS, it: Report): Promise<string> {
  const text = (await FORMATS[name]()).render(it, canvas({ width: 0 }));
  return name === 'junit' ? text : text.replace(/<[^>]*>|[`*\\]/g, '').replaceAll('&#39;', "'");
}

describe('what changed', () => {
  it.each([...PEOPLE, 'github', 'junit', 'sarif', 'code-scanning'] as const)('is gated in %s', async (name) => {
    const passing = { ...worse(), change: { ...several().change, passes: true, services: [] } } as Report;
    expect(await shown(name, worse())).toMatch(/gate fails: 2 rules that block got worse since main \(9d0c1b2a3f4e\)/i);
    expect(await shown(name, passing)).toMatch(/gate passes: nothing that blocks got worse since main/i);
  });

  it.each(PEOPLE)('names new waivers and what else is not as before in %s', async (name) => {
    const it = worse();
    const [first] = it.change?.services ?? [];
    expect(first?.waived).toHaveLength(1);
    const text = await shown(name, it);
    expect(text).toMatch(/waived by this change/i);
    for (const note of it.change?.notes ?? []) expect(text).toContain(note);
    expect(it.change?.notes).not.toEqual([]);
  });

  it.each(PEOPLE)('tells what is only eased from what is better in %s', async (name) => {
    expect(await shown(name, several())).toMatch(/eased, and not better/i);
  });

  it('comes first among annotations, be it less severe', async () => {
    const old = finding('a/old', 'fail', { severity: 'critical' });
    const its = finding('a/new', 'fail', { problems: [problem('x.yaml:3', 'it broke')] });
    const change = {
      against: { what: 'commit', name: 'main' },
      passes: false,
      worse: 1,
      better: 0,
      services: [
        {
          service: 'payments',
          dir: '',
          rules: [{ ...its, direction: 'worse', blocks: true, appeared: its.problems, gone: [] }],
          remaining: 1,
        },
      ],
    } as unknown as NonNullable<Report['change']>;
    const text = await shown('github', report([service([old, its])], { change }));
    expect(text.indexOf('a/new')).toBeLessThan(text.indexOf('a/old'));
  });
});
