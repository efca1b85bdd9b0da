/** The repositories that the operator's words stand for: folders of checkouts, and folders that are one. */
import { readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Target } from '../model-audit.ts';

/** Targets below a folder, or the folder itself where it is a repository. */
export function targetsIn(path: string): readonly Target[] {
  const folder = resolve(path);
  const inside = readdirSync(folder, { withFileTypes: true });
  if (inside.some(({ name }) => name === '.git' || name === 'gonogo.yaml' || name === 'HEAD'))
    return [{ id: basename(folder), kind: 'folder', location: folder }];
  return inside
    .filter((it) => it.isDirectory())
    .map(({ name }) => ({ id: name, kind: 'folder', location: join(folder, name) }));
}
