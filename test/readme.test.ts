/** The README shows a real run and names real commands. `vitest -u` refreshes the run. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { CHECKLISTS, PROFILES } from '../src/generated/checklists.ts';
import { diskRepo, findRepositoryRoot } from '../src/repo/disk.ts';
import { format } from '../src/report/terminal.ts';
import { judgeRepository } from '../src/run.ts';
import { run } from './cli/run.ts';
import { temporaryFolder } from './repo/temporary.ts';

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

const AUDIT = ['audit', 'fixtures/services', '--only', 'dependencies/timeout-chain-sane,estate/tier-inversion'];

/** As a user would run it, with nothing left behind. */
function realAudit(): string {
  const unseen = ['--no-cache', '--no-progress', '--run', `${temporaryFolder()}/run`];
  const { stdout, stderr, status } = run([...AUDIT, '--as-of', '2026-11-16', ...unseen]);
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  return `\`\`\`\n$ gonogo ${AUDIT.join(' ')}\n${stdout.trimEnd()}\n\`\`\``;
}

/** The page with what stands between two comments replaced. */
function showing(page: string, name: string, shown: string): string {
  const block = new RegExp(`<!-- ${name}: begin -->[\\s\\S]*<!-- ${name}: end -->`);
  return page.replace(block, () => `<!-- ${name}: begin -->\n${shown}\n<!-- ${name}: end -->`);
}

describe('README', () => {
  it('shows what the tool prints today', async () => {
    const page = showing(showing(TEXT, 'run', await realRun()), 'audit', realAudit());
    await expect(page).toMatchFileSnapshot(resolve('README.md'));
  });

  it('has a manifest that is what it says', () => {
    const [, manifest = ''] = /```yaml\n(# yaml-language-server[\s\S]*?)```/.exec(TEXT) ?? [];
    expect(parse(manifest)).toMatchObject({ apiVersion: 'gonogo/v1', kind: 'Service', tier: 4 });
    expect(manifest.trim().split('\n').length).toBeLessThanOrEqual(10);
  });

  it('names only scripts that exist', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
    for (const [, name = ''] of TEXT.matchAll(/npm run ([\w:]+)/g)) expect(Object.keys(scripts)).toContain(name);
  });
});
