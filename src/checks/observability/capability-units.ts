/** Which programs of a repository show a capability: in their own folder, or in one whose code they are built with. Pure. */
import type { Sign, Unit } from '../../evidence/capabilities/capability.ts';
import type { Facts } from '../../evidence/capabilities.ts';

/** The programs to ask and what was found in each. */
export interface UnitShares {
  /** Folders of programs that show it. */
  readonly showing: readonly string[];
  readonly lacking: readonly string[];
}

/** Folders of the repository's programs: what an image is built of or a build file says is run; neither tests nor what only browsers run. */
export function programsOf({ units, code }: Pick<Facts, 'units' | 'code'>): readonly Unit[] {
  const withCode = Object.keys(code);
  return units.filter(
    ({ dir, runs, browser, aside }) =>
      runs !== undefined && !browser && aside === undefined && withCode.some((it) => isInside(it, dir)),
  );
}

/** Signs of the service itself: not of what runs in browsers only, nor of tests. */
export function ofService(signs: readonly Sign[], units: readonly Unit[]): readonly Sign[] {
  const left = new Set(units.filter(({ browser, aside }) => browser || aside !== undefined).map(({ dir }) => dir));
  return signs.filter(({ unit }) => !left.has(unit));
}

/** How the programs share what the signs show. */
export function sharesOf(programs: readonly Unit[], signs: readonly Sign[], units: readonly Unit[]): UnitShares {
  const running = new Set(programs.map(({ dir }) => dir));
  const shows = ({ dir }: Unit): boolean => {
    const built = builtWith(dir, units);
    return signs.some(({ unit }) => built.has(unit) || (isInside(unit, dir) && !running.has(unit)));
  };
  return {
    showing: programs.filter(shows).map(({ dir }) => dir),
    lacking: programs.filter((it) => !shows(it)).map(({ dir }) => dir),
  };
}

/** The unit and all it uses, directly or through others. */
function builtWith(dir: string, units: readonly Unit[]): ReadonlySet<string> {
  const found = new Set([dir]);
  for (const each of found) {
    for (const used of units.find((unit) => unit.dir === each)?.uses ?? []) found.add(used);
  }
  return found;
}

function isInside(path: string, dir: string): boolean {
  return dir === '' || path === dir || path.startsWith(`${dir}/`);
}

/** A folder as people say it. */
export function spokenFolder(dir: string): string {
  return dir === '' ? 'the root' : dir;
}
