/** The README shows a real run and names real commands. `vitest -u` refreshes the run. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { CHECKLISTS, PROFILES } from '../src/generated/checklists.ts';
import { diskRepo, findRepositoryRoot } from '../src/repo/disk.ts';
import { format } from '../src/report/terminal.ts';
import { judgeRepository } from '../src/run.ts';

const TEXT = readFileSync('README.md', 'utf8');
const ONLY = ['non-functionals/journey-budget-composes', 'runbooks/section-exists', 'observability/severity-routed'];

async function realRun(): Promise<string> {
  const { root, dir } = findRepositoryRoot(resolve('fixtures/services/orders'));
  const report = await judgeRepository(
    { repo: diskRepo(root), dir, rootNamed: () => undefined },
    {
      asOf: '2026-11-16',
      only: ONLY,
      failOn: 'major',
      checklists: CHECKLISTS,
      profiles: PROFILES,
      version: '0.0.0',
      debug: true,
    },
  );
  const shown = format.render(report, {
    width: 100,
    colour: 0,
    hyperlinks: false,
    unicode: true,
    quiet: true,
    verbose: false,
  });
  return `\`\`\`\n$ gonogo check --quiet --only ${ONLY.join(',')}\n${shown.trimEnd()}\n\`\`\``;
}

describe('README', () => {
  it('shows what the tool prints today', async () => {
    const block = `<!-- run: begin -->\n${await realRun()}\n<!-- run: end -->`;
    const page = TEXT.replace(/<!-- run: begin -->[\s\S]*<!-- run: end -->/, () => block);
    await expect(page).toMatchFileSnapshot(resolve('README.md'));
  });

  it('has a manifest that is what it says', () => {
    const [, manifest = ''] = /```yaml\n(# yaml-language-server[\s\S]*?)```/.exec(TEXT) ?? [];
    expect(parse(manifest)).toMatchObject({ apiVersion: 'gonogo/v1', kind: 'Service', tier: 4 });
    expect(manifest.trim().split('\n').length).toBeLessThanOrEqual(10);
  });

  it('names only commands and folders that exist', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
    for (const [, name = ''] of TEXT.matchAll(/npm run ([\w:]+)/g)) expect(Object.keys(scripts)).toContain(name);
    for (const [, path = ''] of TEXT.matchAll(/\]\(([^)#]+)\)/g))
      expect(() => readFileSync(path)).not.toThrow(/ENOENT/);
  });
});
