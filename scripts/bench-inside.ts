/** One part of a check in a process of its own; prints the milliseconds that it took since the process had started. */
import { readFileSync } from 'node:fs';
import { openStore } from '../src/database/store.ts';
import { format as pnpm } from '../src/evidence/lockfiles/formats/pnpm.ts';

/** Parts by name, each of what files it takes; each answers how much it found. */
const PARTS: Readonly<Record<string, (...paths: readonly string[]) => Promise<number>>> = {
  lookup: async (folder = '', names = '') => {
    const packages = (JSON.parse(readFileSync(names, 'utf8')) as readonly string[]).map((name) => ({ name }));
    return (await openStore([{ path: folder, named: true }]).lookup('npm', packages))?.size ?? 0;
  },
  pnpm: async (path = '') =>
    pnpm.read({ path: 'pnpm-lock.yaml', text: readFileSync(path, 'utf8') }, []).packages.length,
};

const [part = '', least = '', ...paths] = process.argv.slice(2);
const start = performance.now();
void PARTS[part]?.(...paths).then((found) => {
  const ms = performance.now() - start;
  if (found < Number(least)) throw new Error(`${part} found ${found} of ${least}`);
  process.stdout.write(`${ms}\n`);
});
