/** The first manifest of a service: observed, written, and proven to be valid before anybody sees it. Writes no file. */
import { gather } from '../evidence/gather.ts';
import { openReading, openSources } from '../evidence/sources.ts';
import { loadManifest } from '../manifest/load.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { Repo } from '../repo/repo.ts';
import { type ObserveOptions, observe } from './observe.ts';
import { propose } from './propose.ts';

/** Where it will be and what it will say. */
export interface FirstManifest {
  /** From the repository's root. */
  readonly path: string;
  readonly text: string;
  /** What went wrong in us on the way. */
  readonly notes: readonly string[];
}

/** Observes the service in a folder and writes its manifest; `schema` is what editors are told to validate against. */
export async function firstManifest(
  repo: Repo,
  dir: string,
  options: ObserveOptions & { readonly schema: string },
): Promise<FirstManifest> {
  const path = dir === '' ? 'gonogo.yaml' : `${dir}/gonogo.yaml`;
  const observed = await observe(repo, dir, options);
  const text = propose(observed, options.schema);
  await prove(withFile(repo, path, text), path, options.asOf);
  return { path, text, notes: observed.notes };
}

/** Loads the text as `check` would; anything wrong with it is a fault of ours. */
async function prove(repo: Repo, path: string, asOf: string): Promise<void> {
  const manifest = loadManifest(repo, path, asOf);
  const [problem] = manifest.problems;
  if (problem)
    throw new Error(`the manifest that init proposes has a problem on line ${problem.at.line}: ${problem.message}`);
  const [dead] = await deadReferences(repo, manifest);
  if (dead) throw new Error(`the manifest that init proposes refers to ${JSON.stringify(dead)}, which leads nowhere`);
}

async function deadReferences(repo: Repo, manifest: Manifest): Promise<readonly string[]> {
  const reading = openReading(repo, () => undefined);
  const { evidence, failures } = await gather(['references'], openSources(reading, manifest, []), reading.parsers);
  for (const error of failures.values()) throw error;
  const references = evidence.references?.facts.references ?? [];
  return references
    .filter(({ outcome }) => ['no-file', 'no-match', 'no-section', 'outside'].includes(outcome))
    .map(({ target }) => target);
}

/** The repository as it will be. */
function withFile(repo: Repo, path: string, text: string): Repo {
  const size = Buffer.byteLength(text);
  const { files, skipped } = repo.list();
  const others = files.filter((file) => file.path !== path);
  const all = [...others, { path, size }].sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    ...repo,
    list: () => ({ files: all, skipped }),
    read: (asked, cap) => (asked === path ? { ok: true, text } : repo.read(asked, cap)),
  };
}
