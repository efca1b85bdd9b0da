/** Gemfile.lock and gems.locked: sections of gems by where they are from, each gem with what it asks for. */
import { type Asked, compared, listed } from '../compared.ts';
import { gap, gapOver, notRead, ODD_LINES } from '../gaps.ts';
import type { Bare } from '../graph.ts';
import type { Agreement, Disagreement, Gap, LockedPackage, LockFormat, LockResult, TextAt } from '../locked.ts';
import { edgeTo, type NamedNode, settleNamed } from '../named-graph.ts';
import { type Gem, type Gemfile, readGemfile } from '../ruby/gemfile.ts';
import { ANY, type Direct, parseGemfileLock, type Spec } from '../ruby/gemfile-lock.ts';
import { commitOf, hostOf } from '../words.ts';

export const format: LockFormat = {
  name: 'gemfile',
  ecosystem: 'RubyGems',
  files: /^(?:(?:[\w.-]+\.)?[Gg]emfile(?:\.[\w-]+)?\.lock|gems\.locked)$/,
  manifests: /^(?:(?:[\w.-]+\.)?[Gg]emfile(?:\.(?!lock$)[\w-]+)?|gems\.rb)$/,
  read,
  agree,
};

function read(lock: TextAt, manifests: readonly TextAt[]): LockResult {
  const { specs, direct, odd, isKnown } = parseGemfileLock(lock.text);
  if (!isKnown) return notRead('no section of a lockfile of Bundler is in it');
  const manifest = gemfileOf(lock, manifests);
  const nodes = specs.map((it): NamedNode => ({ bare: bareOf(it), name: it.name, edges: it.asks }));
  const edges = [...(direct ?? [])].map(([name, { ranges }]) =>
    edgeTo(name, ranges.join(', ') || ANY, scopeIn(manifest, name)),
  );
  const project: readonly NamedNode[] = direct ? [{ folder: '', name: '', edges }] : [];
  const found = new Map<string, LockedPackage>();
  // A gem has an entry for every platform.
  for (const it of settleNamed([...nodes, ...project]).packages) {
    const key = JSON.stringify([it.name, it.version, it.source, it.registry, it.commit]);
    if (!found.has(key)) found.set(key, it);
  }
  return {
    packages: [...found.values()],
    gaps: [...gapOver('unparsed', odd, ODD_LINES), ...cut(direct)],
  };
}

/** Bundler always writes what the project asks for, and last but for versions of tools. */
function cut(direct: unknown): readonly Gap[] {
  return direct ? [] : [gap('incomplete', 0, 'the section DEPENDENCIES is missing, so the file may be cut off')];
}

function bareOf({ name, version, origin, line }: Spec): Bare {
  const { source, remotes, revision } = origin;
  const hosts = new Set([...remotes].flatMap((it) => hostOf(it) ?? []));
  const [host] = hosts;
  const commit = commitOf(revision);
  return {
    name,
    ...(source !== 'git' && source !== 'path' && { version }),
    source,
    ...(source === 'registry' && hosts.size === 1 && host && { registry: host }),
    ...(source === 'git' && commit && { commit }),
    line,
  };
}

/** The Gemfile of the same name, of which some folders have several. */
function gemfileOf(lock: TextAt, manifests: readonly TextAt[]): Gemfile | undefined {
  const wanted = lock.path.endsWith('gems.locked')
    ? lock.path.replace(/locked$/, 'rb')
    : lock.path.replace(/\.lock$/, '');
  const found = manifests.find(({ path }) => path === wanted);
  return found && readGemfile(found);
}

/** Groups that stay out of production by what they are called; any other is installed there. */
const DEVELOPMENT =
  /^(?:dev|development|tests?|ci|lint|linters?|linting|rubocop|docs?|documentation|cucumber|benchmarks?)$/;

function scopeIn(manifest: Gemfile | undefined, name: string): LockedPackage['scope'] {
  const gems = manifest?.gems.get(name) ?? [];
  if (gems.length === 0 || gems.some(({ groups }) => groups === undefined)) return 'unknown';
  const isDevelopment = gems.every(
    ({ groups = [] }) => groups.length > 0 && groups.every((it) => DEVELOPMENT.test(it)),
  );
  return isDevelopment ? 'development' : 'production';
}

function agree(lock: TextAt, manifests: readonly TextAt[]): Agreement {
  const manifest = gemfileOf(lock, manifests);
  const { direct } = parseGemfileLock(lock.text);
  if (!manifest || !direct) {
    const untold = manifest
      ? 'what it was asked for: its section DEPENDENCIES is missing'
      : 'what it is asked for: no Gemfile of its name is beside it';
    return { disagreements: [], compared: 0, untold: [untold] };
  }
  const gems = [...manifest.gems.values()].flat();
  const sure = gems.filter(({ isConditional }) => !isConditional);
  const doubted = gems.filter(({ name, isConditional }) => isConditional && !direct.has(name));
  const { packages } = read(lock, manifests);
  const isLocked = new Set(packages.map(({ name }) => name));
  const inWords = sure.flatMap((it) => differs(it, direct.get(it.name), manifest));
  const isSaid = new Set(inWords.map(({ name }) => name));
  const asked = sure.filter(({ name }) => isLocked.has(name) && !isSaid.has(name)).map(askedOf);
  const versions = compared('RubyGems', asked, packages, []);
  return {
    disagreements: [...inWords, ...left(lock, manifest, direct), ...versions.disagreements],
    compared: sure.length,
    untold: [
      ...manifest.opaque,
      ...(doubted.length > 0
        ? [`whether ${listed(doubted.map(({ name }) => name))} is asked for: a condition decides`]
        : []),
      ...versions.untold,
    ],
  };
}

function askedOf({ name, ranges, at }: Gem): Asked {
  return { name, at, ...(ranges && ranges.length > 0 && { range: ranges.join(', ') }) };
}

/** The lockfile repeats the Gemfile's own words, so that one need not know what they mean. */
function differs(
  { name, ranges, at }: Gem,
  direct: Direct | undefined,
  { hasGemspec }: Gemfile,
): readonly Disagreement[] {
  if (!direct) return [{ name, say: 'is asked for and not in DEPENDENCIES of the lockfile', at }];
  if (!ranges || hasGemspec || sameWords(ranges, direct.ranges)) return [];
  return [
    {
      name,
      say: `asks for ${ranges.join(', ') || 'any version'}, and ${direct.ranges.join(', ') || 'any version'} was asked for when it was locked`,
      at,
    },
  ];
}

function sameWords(a: readonly string[], b: readonly string[]): boolean {
  const plain = (ranges: readonly string[]): string =>
    [...new Set(ranges.map((it) => it.replace(/\s+/g, '')))]
      .filter((it) => it !== '>=0')
      .sort()
      .join();
  return plain(a) === plain(b);
}

/** Gems that were asked for and are no longer: told only where all of the Gemfile is understood. */
function left(lock: TextAt, { gems, opaque }: Gemfile, direct: ReadonlyMap<string, Direct>): readonly Disagreement[] {
  if (opaque.length > 0) return [];
  return [...direct]
    .filter(([name]) => !gems.has(name))
    .map(([name, { line }]) => ({
      name,
      say: 'is in DEPENDENCIES and the Gemfile does not ask for it',
      at: { path: lock.path, line },
    }));
}
