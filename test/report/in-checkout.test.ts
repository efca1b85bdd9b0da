/** A report on a folder that is a repository of its own, for receivers of the whole checkout: every place is below the folder, and nothing else differs. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../src/generated/formats.ts';
import type { Report } from '../../src/model.ts';
import { inCheckout } from '../../src/report/in-checkout.ts';
import { canvas } from './canvas.ts';
import { anyReport } from './random-report.ts';
import { at, finding, problem, report, service, waiver } from './sample-report.ts';

/** Every path of this repository that a report holds, found without knowing where they are: a request's has a host beside it. */
function pathsIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { path, root, host } = value as Record<string, unknown>;
  const own = typeof path === 'string' && root === undefined && host === undefined ? [path] : [];
  return [...own, ...Object.values(value).flatMap(pathsIn)];
}

describe('a report in its checkout', () => {
  it('has every place below the folder, and is otherwise the same', () => {
    fc.assert(
      fc.property(anyReport, (it) => {
        const { dir, ...repo } = it.repo;
        const moved = inCheckout(it);
        expect(moved.repo).toEqual(repo);
        const below = (path: string) => (dir === undefined ? path : `${dir}/${path}`);
        expect(pathsIn(moved)).toEqual(pathsIn(it).map(below));
        expect(inCheckout(moved)).toBe(moved);
      }),
    );
  });

  it('leaves what is in another repository, or leads away, as it is', () => {
    const elsewhere = { path: 'rules.yaml', root: 'acme/platform' };
    const it = report([service([finding('a/b', 'fail', { claim: elsewhere, evidence: [{ path: '/etc/passwd' }] })])], {
      repo: { name: 'shop', dir: 'services/shop' },
    });
    const [moved] = inCheckout(it).services[0]?.findings ?? [];
    expect([moved?.claim, moved?.evidence]).toEqual([elsewhere, [{ path: '/etc/passwd' }]]);
  });
});

describe('receivers of a whole checkout', () => {
  const own: Report = report(
    [
      service([
        finding('a/a', 'fail', { problems: [problem('ops/alerts.yaml:4:2', 'it is wrong')] }),
        finding('a/b', 'waived', { waiver: waiver('a/b'), claim: at('gonogo.yaml:7') }),
        finding('a/c', 'warn'),
      ]),
    ],
    { repo: { name: 'shop', dir: 'services/shop' } },
  );

  it.each(['github', 'gitlab', 'sarif', 'code-scanning', 'junit', 'markdown', 'github-summary'] as const)(
    'find every place from its root in %s',
    async (name) => {
      const text = (await FORMATS[name]()).render(own, canvas());
      expect(text).toContain('services/shop/ops/alerts.yaml');
      expect(text).not.toMatch(/(?<!services\/shop\/)(ops\/alerts|gonogo(\.waivers)?)\.yaml/);
    },
  );

  it('get a comment for each of two folders of one name', async () => {
    const { render } = await FORMATS.markdown();
    const mark = (dir: string) => render({ ...own, repo: { ...own.repo, dir } }, canvas()).split('\n')[0];
    expect(mark('a/shop')).not.toBe(mark('b/shop'));
  });
});
