/** Frameworks that a manifest names, with the version it pins where it pins one. Which version a range leads to is not told. Pure. */
import { frameworkOf } from '../../lifecycles/framework.ts';
import type { Ecosystem } from '../../versions/order.ts';
import { readPom } from '../lockfiles/jvm/pom.ts';
import { lineOfKey } from '../lockfiles/key-lines.ts';
import type { LockedPackage, TextAt } from '../lockfiles/locked.ts';
import { parseJson, parsePackageJson, wantsOf } from '../lockfiles/package-json.ts';
import { parsedToml } from '../lockfiles/parsed-toml.ts';
import { normalised, pythonRequirement } from '../lockfiles/pep508.ts';
import { readPyproject } from '../lockfiles/pyproject.ts';
import { readRequirementLines } from '../lockfiles/requirement-lines.ts';
import { readGemfile } from '../lockfiles/ruby/gemfile.ts';
import { record, word } from '../plain-value.ts';

/** A framework as a manifest asks for it. */
export interface Named {
  /** Key in the table of lifecycles. */
  readonly product: string;
  /** Of the package that tells of it. */
  readonly name: string;
  /** As written; empty where no version is. */
  readonly range: string;
  readonly scope: LockedPackage['scope'];
  readonly line: number;
}

type Asked = Omit<Named, 'product'>;

const READERS: readonly (readonly [files: RegExp, ecosystem: Ecosystem, read: (file: TextAt) => readonly Asked[]])[] = [
  [/^package\.json$/, 'npm', packageJson],
  [/^pyproject\.toml$/, 'PyPI', pyproject],
  [/^Pipfile$/, 'PyPI', pipfile],
  [/^setup\.(?:py|cfg)$/, 'PyPI', setup],
  [/requirements[\w.-]*\.(?:txt|in)$/, 'PyPI', requirements],
  [/^Gemfile$/, 'RubyGems', gemfile],
  [/^composer\.json$/, 'Packagist', composer],
  [/^pom\.xml$/, 'Maven', pom],
];

/** What a manifest names; nothing where its format is none of these. */
export function frameworksNamed(file: TextAt): readonly Named[] {
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  const reader = READERS.find(([files]) => files.test(name));
  if (!reader) return [];
  const [, ecosystem, read] = reader;
  return read(file).flatMap((it) => {
    const product = frameworkOf(ecosystem, it.name);
    return product === undefined ? [] : [{ product, ...it, range: it.range === '*' ? '' : it.range }];
  });
}

/** The one version that a range admits as written, whoever's range it is; undefined where it may be several. */
export function pinned(range: string): string | undefined {
  return /^\s*(?:={1,3}\s*)?v?(\d+(?:\.\d+){1,3}(?:[-.+]?[A-Za-z][\w.+-]*)?)\s*$/.exec(range.slice(0, 100))?.[1];
}

function packageJson(file: TextAt): readonly Asked[] {
  const read = parsePackageJson(file);
  const known = (read?.wants ?? []).filter(({ name }) => frameworkOf('npm', name) !== undefined);
  return known.map((it) => ({ name: it.name, range: it.range, scope: it.weight, line: read?.lineOf(it) ?? 1 }));
}

function composer({ text }: TextAt): readonly Asked[] {
  const wants = wantsOf(parseJson(text) ?? {}, [
    ['require', 'production'],
    ['require-dev', 'development'],
  ]);
  return wants
    .filter(({ name }) => frameworkOf('Packagist', name.toLowerCase()) !== undefined)
    .map(({ name, range, weight, map }) => ({
      name: name.toLowerCase(),
      range,
      scope: weight,
      line: lineOfKey(text, map, name),
    }));
}

function pyproject(file: TextAt): readonly Asked[] {
  return readPyproject(file).declared.map(({ name, range, weight, at }) => ({
    name,
    range,
    scope: weight,
    line: at.line ?? 1,
  }));
}

function pipfile(file: TextAt): readonly Asked[] {
  const tables = record(parsedToml(file));
  return (['packages', 'dev-packages'] as const).flatMap((table) =>
    Object.entries(record(tables[table])).map(([name, value]) => ({
      name: normalised(name),
      range: word(value) ?? word(record(value).version) ?? '',
      scope: table === 'packages' ? ('production' as const) : ('development' as const),
      line: lineStarting(file, name),
    })),
  );
}

function lineStarting({ text }: TextAt, name: string): number {
  return text.split('\n').findIndex((line) => line.trimStart().startsWith(name)) + 1 || 1;
}

/** Python that is not run: requirements one a line, as most people write them. */
function setup({ text }: TextAt): readonly Asked[] {
  return text.split('\n').flatMap((line, index) => {
    const bare = line
      .slice(0, 500)
      .trim()
      .replace(/^(?:install_requires\s*=\s*\[?)?\s*["']?|["'],?\]?,?$/g, '');
    const asked = pythonRequirement(bare);
    return asked ? [{ name: asked.name, range: asked.range, scope: 'production' as const, line: index + 1 }] : [];
  });
}

function requirements(file: TextAt): readonly Asked[] {
  return readRequirementLines(file).lines.flatMap((it) =>
    it.kind === 'package'
      ? [{ name: it.asks.name, range: it.asks.range, scope: 'unknown' as const, line: it.line }]
      : [],
  );
}

function gemfile(file: TextAt): readonly Asked[] {
  return [...readGemfile(file).gems.values()].flat().map(({ name, ranges, groups, at }) => ({
    name,
    range: (ranges ?? ['?']).join(', '),
    scope: groups?.some((it) => it === 'test' || it === 'development')
      ? ('development' as const)
      : ('production' as const),
    line: at.line ?? 1,
  }));
}

/** Versions that a pom says itself are the matter of its lock; what is left says none. */
function pom(file: TextAt): readonly Asked[] {
  return (readPom(file)?.dependencies ?? []).map(({ group = '', artifact = '', version, scope, line }) => ({
    name: `${group}:${artifact}`,
    range: version?.includes('${') ? '' : (version ?? ''),
    scope: scope === 'test' ? 'development' : 'production',
    line,
  }));
}
