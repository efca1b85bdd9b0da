/** What the published package holds: all that runs, and nothing that does not. */
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface Packed {
  readonly files: readonly { readonly path: string }[];
}

describe('the package', () => {
  const text = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { encoding: 'utf8' });
  const paths = (JSON.parse(text) as readonly Packed[]).flatMap(({ files }) => files.map(({ path }) => path));

  it('holds the command line, the thread of an audit, and every schema', () => {
    const schemas = readdirSync('schemas').map((name) => `schemas/${name}`);
    const needed = [
      'bin/gonogo.js',
      'bin/load.js',
      'dist/cli.cjs',
      'dist/audit-worker.cjs',
      'dist/index.js',
      'README.md',
    ];
    expect([...needed, ...schemas].filter((path) => !paths.includes(path))).toEqual([]);
  });

  it('holds neither sources nor tests, nor code that was compiled for one machine', () => {
    expect(paths.filter((path) => /^(src|test|scripts|fixtures|data)\/|\.code$/.test(path))).toEqual([]);
  });
});
