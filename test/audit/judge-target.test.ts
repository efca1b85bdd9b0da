/** A repository that cannot be judged is a row with its reason, which says nothing of where the copy lies. */

import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { judgeTarget } from '../../src/audit/judge-target.ts';
import { openWorkspace } from '../../src/cli/workspace.ts';
import { validate } from '../../src/generated/validate-audit-row.js';
import { InputError } from '../../src/input-error.ts';
import type { AuditRow, Target } from '../../src/model-audit.ts';
import { memoryRepo } from '../../src/repo/memory.ts';
import type { Repo } from '../../src/repo/repo.ts';
import { repository } from '../repo/temporary.ts';
import { YARDSTICK } from '../yardstick.ts';
import { HEADER } from './sample-audit.ts';

async function rowOf(open: () => Repo, location = '/srv/acme/shop'): Promise<Pick<AuditRow, 'outcome' | 'because'>> {
  const target: Target = { id: 'acme/shop', kind: 'folder', location };
  const { outcome, because } = await judgeTarget(target, {
    header: HEADER,
    open: async () => ({ repo: open(), dir: '', rootNamed: () => undefined }),
    options: async () => YARDSTICK,
  });
  return { outcome, ...(because !== undefined && { because }) };
}

function failing(error: Error): () => Repo {
  return () => {
    throw error;
  };
}

const NOTHING = memoryRepo({ files: {} });
const UNREAD = {
  ...NOTHING,
  list: () => ({
    files: [],
    skipped: [
      { at: { path: 'main.go' }, reason: 'unreadable' as const, detail: 'this clone does not hold its content' },
    ],
  }),
};

describe('a repository', () => {
  it.each([
    ['without files', () => NOTHING, 'empty', 'there is no file in it'],
    [
      'that left its content behind',
      () => UNREAD,
      'unreachable',
      'no file of it can be read, e.g. main.go: this clone does not hold its content',
    ],
    [
      'that cannot be opened',
      failing(new InputError('there is nothing at "/srv/acme/shop"', 'x', 'y')),
      'unreachable',
      'there is nothing at "acme/shop"',
    ],
    [
      'at which gonogo fails',
      failing(new Error("EIO: read '/srv/acme/shop/a'")),
      'failed',
      "gonogo itself failed: EIO: read 'acme/shop/a'",
    ],
  ])('%s has a row', async (_, open, outcome, because) => {
    expect(await rowOf(open)).toEqual({ outcome, because });
  });

  it('that nobody has committed to is empty', async () => {
    const row = await rowOf(failing(new InputError('its HEAD names no commit', 'x', 'y')), repository());
    expect(row).toEqual({ outcome: 'empty', because: 'there is no commit in it' });
  });

  it('that can be judged is', async () => {
    expect(await rowOf(() => memoryRepo({ files: { 'app.js': 'run();\n' } }))).toEqual({ outcome: 'judged' });
  });

  it.each(readdirSync('fixtures/services'))('has a row that a journal takes again: %s', async (name) => {
    const target: Target = { id: name, kind: 'folder', location: `fixtures/services/${name}` };
    const row = await judgeTarget(target, {
      header: HEADER,
      open: ({ location }) => openWorkspace(location, { evidenceRoot: [] }),
      options: async () => YARDSTICK,
    });
    expect([row.outcome, validate(row), validate.errors]).toEqual(['judged', true, null]);
  });
});
