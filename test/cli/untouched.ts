/** Runs the command line on a folder and holds it to leaving no trace: no file made, changed or removed, nothing left in the temporary folder. */
import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { temporaryFolder } from '../repo/temporary.ts';
import { type Ran, run } from './run.ts';

/** Day on which the tests judge. */
export const AS_OF = '2026-11-16';

/** Every entry below a folder with a digest of what it holds. */
export function treeOf(folder: string): Readonly<Record<string, string>> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return Object.fromEntries(paths.map((path) => [path, digestOf(join(folder, path))]));
}

function digestOf(path: string): string {
  const kind = lstatSync(path);
  if (kind.isSymbolicLink()) return `link to ${readlinkSync(path)}`;
  if (!kind.isFile()) return kind.isDirectory() ? 'folder' : 'special';
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

/** Runs `gonogo ARGS` in a folder, which has to be as before afterwards; a stack trace is never an answer. */
export function runUntouched(folder: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Ran {
  const before = treeOf(folder);
  const temporary = temporaryFolder();
  const ran = run(args, { cwd: folder, env: { TMPDIR: temporary, ...env } });
  expect(treeOf(folder)).toEqual(before);
  expect(readdirSync(temporary)).toEqual([]);
  expect(ran.stdout + ran.stderr).not.toMatch(/\n {4}at .+:\d+:\d+/);
  return ran;
}

/** Runs `gonogo check . --only manifest ARGS`. */
export function checkManifest(folder: string, ...args: readonly string[]): Ran {
  return runUntouched(folder, ['check', '.', '--only', 'manifest', '--as-of', AS_OF, ...args]);
}

/** A manifest that nothing is wrong with. */
export const GOOD = 'apiVersion: gonogo/v1\nkind: Service\nname: parcels\ntier: 4\nreviewed: 2026-11-01\n';
