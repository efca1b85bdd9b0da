/** Compares what a package.json asks for with what a lockfile says it asked for when it was written. Pure. */
import type { Agreement, Disagreement, TextAt } from './locked.ts';
import { type PackageJson, parsePackageJson, type Wanted } from './package-json.ts';

/** What a lockfile remembers of one member. */
export interface LockedWants {
  /** Ranges by `map name`, or by name alone where the format keeps one list. */
  readonly ranges: ReadonlyMap<string, string>;
}

/** How a lockfile remembers. */
export interface Memory {
  /** Undefined where it does not know the member. */
  of(manifest: PackageJson): LockedWants | undefined;
  /** Whether it remembers peers among the others. */
  readonly peers: boolean;
  /** Whether it keeps one list without the maps' names. */
  readonly flat?: boolean;
  /** Whether a requirement is left alone, e.g. because an override replaces it. */
  excuses?(wanted: Wanted, locked: string | undefined): boolean;
}

/** Everything that differs, in the order of the manifests. */
export function compareWants(manifests: readonly TextAt[], memory: Memory): Agreement {
  const disagreements: Disagreement[] = [];
  const untold: string[] = [];
  let compared = 0;
  for (const text of manifests) {
    const manifest = parsePackageJson(text);
    const locked = manifest && memory.of(manifest);
    if (!manifest) untold.push(`${text.path} is not valid JSON`);
    else if (!locked) untold.push(`the lockfile does not know ${text.path}`);
    else {
      compared += locked.ranges.size;
      disagreements.push(...differences(manifest, locked, memory));
    }
  }
  return { disagreements, compared, untold };
}

function differences(manifest: PackageJson, { ranges }: LockedWants, memory: Memory): readonly Disagreement[] {
  const { path } = manifest;
  const wants = memory.peers ? [...manifest.wants, ...manifest.peers] : manifest.wants;
  const keyOf = ({ map, name }: Wanted): string => (memory.flat ? name : `${map} ${name}`);
  const said = wants.flatMap((wanted): readonly Disagreement[] => {
    const locked = ranges.get(keyOf(wanted));
    if (locked === wanted.range || memory.excuses?.(wanted, locked)) return [];
    const say =
      locked === undefined
        ? `asks for ${wanted.range} in ${wanted.map}, and the lockfile does not`
        : `asks for ${wanted.range}, and the lockfile was written for ${locked}`;
    return [{ name: wanted.name, say, at: { path, line: manifest.lineOf(wanted) } }];
  });
  const asked = new Set([...manifest.wants, ...manifest.peers].map(keyOf));
  const gone = [...ranges.keys()].filter((key) => !asked.has(key));
  return [
    ...said,
    ...gone.map((key) => ({
      name: key.slice(key.indexOf(' ') + 1),
      say: 'is locked as asked for, and no longer is',
      at: { path, line: 1 },
    })),
  ];
}
