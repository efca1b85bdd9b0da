/** The built command line starts with the code kept at build time, and just as well without it. */
import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../repo/temporary.ts';
import { run } from './run.ts';

const WORDS = ['check', resolve('fixtures/services/unclaimed'), '--as-of', '2026-11-16'];

/** A copy of the program after something was done to each file of kept code, and what it says. */
function startAfter(change: (code: string) => void) {
  const folder = temporaryFolder();
  for (const part of ['bin', 'dist']) cpSync(part, join(folder, part), { recursive: true });
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  for (const name of keptIn(folder)) change(join(folder, 'dist', name));
  const words = [join(folder, 'bin/gonogo.js'), ...WORDS];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, {
    encoding: 'utf8',
    env: { NO_COLOR: '1', TZ: 'UTC' },
  });
  return { status, stdout, stderr };
}

function keptIn(folder: string): readonly string[] {
  return readdirSync(join(folder, 'dist')).filter((name) => name.endsWith('.code'));
}

describe('start', () => {
  it('finds kept code for what it loads', () => {
    expect(keptIn('.')).toContain('cli.cjs.code');
  });

  it('takes what was kept, and V8 knows every flag it is given', () => {
    const script = `const { load, scripts } = require(${JSON.stringify(resolve('bin/load.js'))});
      load(${JSON.stringify(resolve('dist/cli.cjs'))});
      console.log(JSON.stringify([...scripts.values()].map((it) => it.cachedDataRejected)));`;
    const { stdout, stderr } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(new Set(JSON.parse(stdout))).toEqual(new Set([false]));
  });

  it('compiles as usual where the kept code is of another version', () => {
    expect(startAfter((code) => writeFileSync(code, Buffer.alloc(4096, 7)))).toEqual(run(WORDS));
  });

  it('compiles as usual where none was kept', () => {
    expect(startAfter((code) => rmSync(code))).toEqual(run(WORDS));
  });
});
