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
      const its = differences(manifest, locked, memory);
      compared += its.compared;
      disagreements.push(...its.disagreements);
    }
  }
  return { disagreements, compared, untold };
}

type Differences = Pick<Agreement, 'disagreements' | 'compared'>;

function differences(manifest: PackageJson, { ranges }: LockedWants, memory: Memory): Differences {
  const { path } = manifest;
  const wants = memory.peers ? [...manifest.wants, ...manifest.peers] : manifest.wants;
  const keyOf = ({ map, name }: Wanted): string => (memory.flat ? name : `${map} ${name}`);
  const said = wants.flatMap((wanted): readonly Disagreement[] => {
    const locked = ranges.get(keyOf(wanted));
    if (locked === wanted.range || memory.excuses?.(wanted, locked)) return [];
    const say =
      locked === undefined
        ? `asks for ${wanted.range} in ${wanted.map}, and the lockfile remembers no such thing`
        : `asks for ${wanted.range}, and the lockfile was written for ${locked}`;
    return [{ name: wanted.name, say, at: { path, line: manifest.lineOf(wanted) } }];
  });
  const asked = new Set([...manifest.wants, ...manifest.peers].map(keyOf));
  const gone = [...ranges].filter(([key]) => !asked.has(key));
  return {
    compared: wants.length + gone.length,
    disagreements: [
      ...said,
      ...gone.map(([key, range]) => ({
        name: key.slice(key.indexOf(' ') + 1),
        say: `no longer asks for it, and the lockfile was written for ${range}`,
        at: { path, line: 1 },
      })),
    ],
  };
}
