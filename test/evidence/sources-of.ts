/** What collectors see of a small repository that a test writes down. */
import type { Sources } from '../../src/evidence/collector.ts';
import { parseMarkdown } from '../../src/evidence/pages/markdown.ts';
import type { Reference } from '../../src/evidence/reference.ts';
import { openReading, openSources } from '../../src/evidence/sources.ts';
import { parseYaml } from '../../src/evidence/yaml/yaml.ts';
import { absentManifest } from '../../src/manifest/absent.ts';
import { loadManifest } from '../../src/manifest/load.ts';
import { memoryRepo } from '../../src/repo/memory.ts';

type Files = Readonly<Record<string, string>>;

/** The first lines of a manifest that is valid as far as it goes. */
export const HEAD =
  'apiVersion: gonogo/v1\nkind: Service\nname: ledger\ntier: 4\nstage: build\nowner: team-ledger\nsupport: "#ledger"\n';

/** Sources over files; `roots` are further repositories by name, `dir` the service's folder. */
export function sourcesOf(
  files: Files,
  {
    roots = {},
    dir = '',
    name = 'ledger',
    reference = {},
  }: { roots?: Readonly<Record<string, Files>>; dir?: string; name?: string; reference?: Reference } = {},
): Sources {
  const repo = memoryRepo({ name, files });
  const path = dir === '' ? 'gonogo.yaml' : `${dir}/gonogo.yaml`;
  const manifest = path in files ? loadManifest(repo, path, '2026-11-16') : absentManifest(dir, []);
  if (manifest.state === 'invalid') throw new Error(manifest.problems.map((it) => it.message).join('; '));
  const reading = openReading(repo, (root) =>
    roots[root] ? memoryRepo({ name: root, root, files: roots[root] }) : undefined,
  );
  reading.parsers.markdown = parseMarkdown;
  reading.parsers.yaml = parseYaml;
  return openSources(reading, manifest, [manifest.dir], reference);
}
