import * as fs from 'node:fs';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { InputError } from '../../src/input-error.ts';
import { writeFileSafely } from '../../src/repo/write.ts';
import { makePipe, temporaryFolder } from './temporary.ts';

vi.mock('node:fs', async (original) => {
  const real = await original<typeof fs>();
  return {
    ...real,
    writeFileSync: vi.fn(real.writeFileSync),
    renameSync: vi.fn(real.renameSync),
    fsyncSync: vi.fn(real.fsyncSync),
    openSync: vi.fn(real.openSync),
  };
});

afterEach(() => {
  vi.mocked(fs.writeFileSync).mockReset();
  vi.mocked(fs.renameSync).mockReset();
  vi.mocked(fs.fsyncSync).mockReset();
  vi.mocked(fs.openSync).mockReset();
});

const MOCKED = {
  writeFileSync: fs.writeFileSync,
  fsyncSync: fs.fsyncSync,
  renameSync: fs.renameSync,
  openSync: fs.openSync,
};

function failing(code: string): () => never {
  return () => {
    throw Object.assign(new Error(code), { code });
  };
}

function messageOf(write: () => void): string {
  try {
    write();
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return (error as InputError).message;
  }
  return 'nothing was thrown';
}

describe('writing a file', () => {
  it('creates it, whole and alone', () => {
    const folder = temporaryFolder();
    writeFileSafely(join(folder, 'report.json'), '{"ü":1}\n', { force: false });
    expect(readFileSync(join(folder, 'report.json'), 'utf8')).toBe('{"ü":1}\n');
    expect(readdirSync(folder)).toEqual(['report.json']);
  });

  it('refuses to overwrite without force, and keeps the permissions with it', () => {
    const path = join(temporaryFolder(), 'gonogo.yaml');
    writeFileSync(path, 'mine');
    chmodSync(path, 0o640);
    expect(messageOf(() => writeFileSafely(path, 'other', { force: false }))).toBe(`"${path}" already exists`);
    expect(readFileSync(path, 'utf8')).toBe('mine');
    writeFileSafely(path, 'other', { force: true });
    expect(readFileSync(path, 'utf8')).toBe('other');
    expect(statSync(path).mode & 0o777).toBe(0o640);
  });

  it('neither follows nor replaces a link, with force or without', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'victim'), 'mine');
    for (const target of ['victim', 'nowhere']) {
      symlinkSync(target, join(folder, `to-${target}`));
      for (const force of [false, true]) {
        expect(messageOf(() => writeFileSafely(join(folder, `to-${target}`), 'x', { force }))).toMatch(/is a link/);
      }
    }
    expect(readFileSync(join(folder, 'victim'), 'utf8')).toBe('mine');
    expect(existsSync(join(folder, 'nowhere'))).toBe(false);
  });

  it('refuses folders and missing folders', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'dir'));
    expect(messageOf(() => writeFileSafely(join(folder, 'dir'), 'x', { force: true }))).toMatch(/is a folder/);
    expect(messageOf(() => writeFileSafely(join(folder, 'no/such/report'), 'x', { force: false }))).toMatch(
      /folder does not exist/,
    );
    writeFileSync(join(folder, 'file'), '');
    expect(messageOf(() => writeFileSafely(join(folder, 'file/report'), 'x', { force: false }))).toMatch(
      /not a folder/,
    );
    expect(messageOf(() => writeFileSafely(join(folder, 'n'.repeat(300)), 'x', { force: false }))).toMatch(/too long/);
  });

  it('writes into devices and pipes rather than replace them, also through a link', () => {
    const folder = temporaryFolder();
    writeFileSafely('/dev/null', 'x', { force: false });
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
    symlinkSync('/dev/null', join(folder, 'null'));
    writeFileSafely(join(folder, 'null'), 'x', { force: true });
    expect(lstatSync(join(folder, 'null')).isSymbolicLink()).toBe(true);
    makePipe(join(folder, 'pipe'));
    expect(messageOf(() => writeFileSafely(join(folder, 'pipe'), 'x', { force: false }))).toMatch(/nobody reads/);
  });

  it.each([
    ['writeFileSync', 'ENOSPC', /the disk is full/],
    ['fsyncSync', 'EIO', /the system says EIO/],
    ['renameSync', 'EACCES', /may not be written to/],
    ['openSync', 'EROFS', /read-only/],
  ] as const)('when %s fails with %s it says so, leaves nothing and keeps the old file', (name, code, sentence) => {
    const folder = temporaryFolder();
    const path = join(folder, 'report.json');
    writeFileSync(path, 'old');
    vi.mocked(MOCKED[name]).mockImplementationOnce(failing(code));
    expect(messageOf(() => writeFileSafely(path, 'new', { force: true }))).toMatch(sentence);
    expect(readdirSync(folder)).toEqual(['report.json']);
    expect(readFileSync(path, 'utf8')).toBe('old');
  });

  it.skipIf(process.getuid?.() === 0)('says when the folder may not be written to', () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o555);
    expect(messageOf(() => writeFileSafely(join(folder, 'a'), 'x', { force: false }))).toMatch(/may not be written to/);
    chmodSync(folder, 0o755);
  });
});
