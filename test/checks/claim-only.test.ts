/** Claims that nothing can prove must not count as unproven: a check that looks at the repository and never says "verified" is marked. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const FOLDER = 'src/checks';
const CHECKS = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => ({ path: path.replaceAll('\\', '/'), text: readFileSync(join(FOLDER, path), 'utf8') }))
  .filter(({ text }) => text.includes('export const check'));

/** Modules that a check imports from its own area or from `src/checks`, with the check itself. */
function reach(text: string, area: string): string {
  const imports = [...text.matchAll(/from '(\.[^']+)'/g)].map(([, target = '']) => target);
  const near = imports.filter(
    (target) => /^(\.\/|\.\.\/[\w-]+\.ts$)/.test(target) && !/\/(define|parts|every-store)\.ts$/.test(target),
  );
  return [text, ...near.map((target) => readFileSync(join(FOLDER, area, target), 'utf8'))].join('\n');
}

it('every check that cannot verify says so, and no other does', () => {
  const wrong = CHECKS.filter(({ path, text }) => {
    const verifies = /\bverified\(|'verified'/.test(reach(text, path.split('/')[0] ?? ''));
    const looks = !/needs: \[\]/.test(text);
    return text.includes('claimOnly: true') ? verifies : looks && !verifies;
  });
  expect(wrong.map(({ path }) => path)).toEqual([]);
});
