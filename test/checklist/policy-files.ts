/** Policies on disk for tests: what the operator's file and a repository's own come to. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadYardstick, repositoryPolicy } from '../../src/checklist/load-policy.ts';
import type { Yardstick } from '../../src/checklist/policy.ts';
import { CHECKLISTS } from '../../src/generated/checklists.ts';
import { memoryRepo } from '../../src/repo/memory.ts';
import { shelfOfFile } from '../../src/repo/shelf.ts';

/** The head of every policy. */
export const HEAD = 'apiVersion: gonogo/v1\nkind: Policy\n';

/** What the operator's policy in a file comes to; `judged` is the folder that is judged. */
export function operators(file: string, judged?: string, own: readonly string[] = []): Promise<Yardstick> {
  return loadYardstick({
    builtIn: CHECKLISTS,
    policy: { ...shelfOfFile(file), text: readFileSync(file, 'utf8') },
    own: own.map((path) => ({ path, text: readFileSync(path, 'utf8') })),
    door: { load: (address) => import(address), ...(judged !== undefined && { judged }) },
    version: '0.1.0',
  });
}

/** What the policy that a repository carries comes to. */
export async function repositorys(files: Readonly<Record<string, string>>): Promise<Yardstick> {
  return loadYardstick({
    builtIn: CHECKLISTS,
    policy: repositoryPolicy(memoryRepo({ files })),
    door: { load: () => Promise.reject(new Error('nothing may be loaded')), judged: '/judged' },
    version: '0.1.0',
  });
}

/** A path below a folder. */
export function inside(folder: string, path = 'policy.yaml'): string {
  return join(folder, path);
}
