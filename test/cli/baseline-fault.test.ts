/** A baseline on a disk that fails: the old one stays whole, nothing is left beside it, and the user is told in a sentence. */
import * as fs from 'node:fs';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { baseline } from '../../src/cli/commands/baseline.ts';
import { InputError } from '../../src/input-error.ts';
import { temporaryFolder, write } from '../repo/temporary.ts';
import { AS_OF, GOOD } from './untouched.ts';

vi.mock('node:fs', async (original) => {
  const real = await original<typeof fs>();
  return {
    ...real,
    writeFileSync: vi.fn(real.writeFileSync),
    renameSync: vi.fn(real.renameSync),
    fsyncSync: vi.fn(real.fsyncSync),
  };
});

const MOCKED = { writeFileSync: fs.writeFileSync, fsyncSync: fs.fsyncSync, renameSync: fs.renameSync };

afterEach(() => {
  for (const mocked of Object.values(MOCKED)) vi.mocked(mocked).mockReset();
});

const FLAGS = { asOf: AS_OF, only: [], failOn: 'standard', checklist: [], evidenceRoot: [], acceptNew: true } as const;

describe('writing a baseline', () => {
  it.each([
    ['writeFileSync', 'ENOSPC', /the disk is full/],
    ['fsyncSync', 'EIO', /the system says EIO/],
    ['renameSync', 'EACCES', /may not be written to/],
  ] as const)('leaves the old one where %s fails with %s', async (name, code, says) => {
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const folder = temporaryFolder();
    write(folder, { 'gonogo.yaml': GOOD });
    await baseline(folder, FLAGS);
    const before = readFileSync(join(folder, 'gonogo.baseline.json'), 'utf8');
    write(folder, { 'gonogo.yaml': GOOD.replace('tier: 4', 'tier: 1') });
    vi.mocked(MOCKED[name]).mockImplementation(() => {
      throw Object.assign(new Error(code), { code });
    });
    const failure = await baseline(folder, FLAGS).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(InputError);
    expect((failure as InputError).message).toMatch(says);
    expect(readFileSync(join(folder, 'gonogo.baseline.json'), 'utf8')).toBe(before);
    expect(readdirSync(folder).sort()).toEqual(['gonogo.baseline.json', 'gonogo.yaml']);
  });
});
