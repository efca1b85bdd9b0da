/** What the updaters look after, of all that names packages. Pure. */
import { globFits } from '../../evidence/glob.ts';
import { type Coverage, coverage } from '../../evidence/updaters/coverage.ts';
import type { Manifest } from '../../evidence/updaters/updater.ts';
import type { Facts } from '../../evidence/updaters.ts';
import type { Problem } from '../../model.ts';
import { counted, listed } from '../words.ts';

interface Judged {
  readonly manifest: Manifest;
  readonly by: Coverage;
}

/** The manifests of ecosystems that decide, by how they are looked after. */
export interface Covered {
  readonly deciding: readonly Manifest[];
  /** Those that nobody looks after, or only in part. */
  readonly left: readonly Judged[];
  /** What is wrong with those, what one file gathers as one. */
  readonly problems: readonly Problem[];
  /** Those of which a preset kept elsewhere may say otherwise. */
  readonly assumed: number;
  /** Clauses about what else nobody watches and what was set aside, each beginning with `; `. */
  readonly besides: string;
}

/** `ignored` are globs of the manifest, `decide` names of ecosystems. */
export function coveredBy(facts: Facts, ignored: readonly string[], decide: readonly string[]): Covered {
  const asked = facts.manifests.filter(({ at }) => !isIgnored(at.path, ignored));
  const judged = asked.map((manifest): Judged => ({ manifest, by: bestOf(manifest, facts) }));
  const deciding = judged.filter(({ manifest }) => decide.includes(manifest.ecosystem));
  const left = deciding.filter(({ by }) => by === 'no' || by === 'partly');
  const others = judged.filter((it) => it.by === 'no' && !deciding.includes(it)).map(({ manifest }) => manifest);
  const aside = facts.manifests.length - asked.length;
  return {
    deciding: deciding.map(({ manifest }) => manifest),
    left,
    problems: left.flatMap((it) => notWatched(it, left)),
    assumed: deciding.filter(({ by }) => by === 'perhaps').length,
    besides: `${unwatched(others)}${aside > 0 ? `; ${aside} set aside by \`packages.ignore\`` : ''}`,
  };
}

function bestOf(manifest: Manifest, { updaters, manifests }: Facts): Coverage {
  const all = updaters.map((it) => coverage(it, manifest, manifests));
  return (['yes', 'perhaps', 'partly'] as const).find((it) => all.includes(it)) ?? 'no';
}

function isIgnored(path: string, globs: readonly string[]): boolean {
  return globs.some((it) => globFits(it, path) || path.startsWith(`${it.replace(/\/+$/, '')}/`));
}

/** Their names, each once. */
export function ecosystemsOf(manifests: readonly Manifest[]): string {
  return listed([...new Set(manifests.map(({ ecosystem }) => ecosystem))]);
}

function unwatched(manifests: readonly Manifest[]): string {
  return manifests.length === 0
    ? ''
    : `; nobody watches ${ecosystemsOf(manifests)} (${counted(manifests.length, 'folder')})`;
}

/** Folders that a file gathers are told with it, where they are looked after as it is. */
function notWatched(it: Judged, left: readonly Judged[]): readonly Problem[] {
  if (left.some((root) => gathers(root, it))) return [];
  const { ecosystem, folder, at } = it.manifest;
  const members = left.filter((other) => gathers(it, other)).length;
  const others = members > 0 ? ` and in ${counted(members, 'folder that belongs', 'folders that belong')} to it` : '';
  const where = `${ecosystem} in ${folder === '' ? 'the root' : folder}${others}`;
  const isPartly = it.by === 'partly';
  return [
    {
      message: isPartly
        ? `newer versions of ${where} are proposed for some packages only`
        : `nothing proposes newer versions of ${where}`,
      at,
      fix: `Let the updater watch ${isPartly ? 'all of ' : ''}${ecosystem} in \`/${folder}\`, or list the folder in \`packages.ignore\` with what stands in its place.`,
      subject: `${ecosystem} ${folder}`,
    },
  ];
}

function gathers(root: Judged, member: Judged): boolean {
  const [one, other] = [root.manifest, member.manifest];
  const isBelow = one.folder === '' || other.folder.startsWith(`${one.folder}/`);
  return (
    one.gathers && one.folder !== other.folder && isBelow && one.ecosystem === other.ecosystem && root.by === member.by
  );
}
