/** Eight processes at once on one cache: no torn row, no wrong one, nothing left half written, whoever is ended in between. */
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { openRowCache } from '../../src/audit/cache.ts';
import { digestOfParts } from '../../src/repo/imprint.ts';
import { temporaryFolder } from '../repo/temporary.ts';
import { unjudgedRow } from './sample-audit.ts';

const RUNS = 8;
const ROUNDS = 150;
const keys = Array.from({ length: 12 }, (_, index) => digestOfParts([index]));
/** The row of a key says which key it is of, at a length of its own. */
const PROGRAM = `
import { openRowCache } from './src/audit/cache.ts';
const [folder, most, ...keys] = process.argv.slice(2);
const cache = openRowCache({ folder, writable: true, most: Number(most), clock: Date.now });
const rowOf = (key, at) => ({ repo: key, outcome: 'failed', because: key.repeat(1 + (at % 40)), services: [], notes: [] });
let found = 0;
for (let at = 0; at < ${ROUNDS}; at++) {
  const key = keys[(at * 7 + process.pid) % keys.length];
  const row = cache.find(key);
  if (row && (row.repo !== key || row.because.replaceAll(key, '') !== '')) throw new Error('a torn row');
  if (row) found++;
  cache.keep(key, rowOf(key, at));
}
cache.close();
console.log(found);
`;

async function programIn(folder: string): Promise<string> {
  const outfile = join(folder, 'program.cjs');
  await build({
    stdin: { contents: PROGRAM, resolveDir: '.', loader: 'ts' },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
  });
  return outfile;
}

function ended(
  program: string,
  words: readonly string[],
  isKilled: boolean,
): Promise<readonly [number | null, string]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
    child.on('error', reject).on('close', (code) => resolve([code, said]));
    if (isKilled) child.on('spawn', () => setImmediate(() => child.kill('SIGKILL')));
  });
}

describe('a cache that eight processes use', () => {
  it('answers each of them with whole rows of the key that was asked for', async () => {
    const program = await programIn(temporaryFolder());
    const folder = temporaryFolder();
    for (const most of [1 << 24, 4096]) {
      const all = Array.from({ length: RUNS }, () => ended(program, [folder, String(most), ...keys], false));
      const killed = ended(program, [folder, String(most), ...keys], true);
      for (const [code, said] of await Promise.all(all)) {
        expect(said).toMatch(/^\d+\n$/);
        expect(code).toBe(0);
      }
      await killed;
    }
    const names = readdirSync(folder, { recursive: true }).map(String);
    const half = names.filter((name) => name.endsWith('.tmp'));
    expect(half.length).toBeLessThanOrEqual(2);
    const cache = openRowCache({ folder, writable: true, most: 1 << 24, clock: Date.now });
    for (const key of keys) {
      cache.keep(key, unjudgedRow(key));
      expect(cache.find(key)).toEqual(unjudgedRow(key));
    }
  }, 120_000);
});
