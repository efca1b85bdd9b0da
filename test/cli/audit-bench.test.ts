/** What an audit judges each repository by is its own: nothing goes from one to the next. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { benchFrom } from '../../src/cli/audit-bench.ts';
import { memoryRepo } from '../../src/repo/memory.ts';
import { temporaryFolder } from '../repo/temporary.ts';

/** A folder whose data on npm is none. */
function brokenData(): string {
  const folder = mkdtempSync(join(temporaryFolder(), 'db-'));
  writeFileSync(join(folder, 'npm.adv'), 'x', { mode: 0o600 });
  return folder;
}

const FLAGS = { asOf: '2026-11-16', only: [], failOn: 'none', checklist: [], evidenceRoot: [], cache: false } as const;
const WORKSPACE = { repo: memoryRepo({ files: { 'README.md': '' } }), dir: '', rootNamed: () => undefined };

describe('the bench of an audit', () => {
  it('tells what is wrong with the data to the repository that asked for it, and says not where the data lies', async () => {
    const { options } = await benchFrom({ ...FLAGS, db: brokenData() });
    const [one, next] = [await options(WORKSPACE), await options(WORKSPACE)];
    await one.reference?.advisories?.lookup('npm', [{ name: 'a' }]);
    expect(one.reference?.advisories?.troubles).toEqual([expect.stringMatching(/^npm\.adv: it is no/)]);
    expect(next.reference?.advisories?.troubles).toEqual([]);
  });

  it('has the same yardstick wherever the data lies', async () => {
    const [one, other] = [brokenData(), brokenData()];
    const yardstick = async (db: string) => (await benchFrom({ ...FLAGS, db })).header.yardstick;
    expect(await yardstick(one)).toBe(await yardstick(other));
  });
});
