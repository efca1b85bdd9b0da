/** What code shows by importing a library and calling it. Comments and strings say nothing; neither do tests and scripts. */
import type { SourceFile, Sources } from '../collector.ts';
import { isDocumentation, placeIn } from '../sources.ts';
import { bareCode } from './bare-code.ts';
import type { Capability, Ecosystem, Sign } from './capability.ts';
import { importOf, isNamed, LIBRARIES, type Library, type Use } from './libraries.ts';
import { spokenName } from './spoken-name.ts';
import { type UnitDependency, unitAt } from './units.ts';

const CODE: Readonly<Record<Ecosystem, RegExp>> = {
  npm: /\.(c|m)?(j|t)sx?$/,
  pypi: /\.py$/,
  jvm: /\.(java|kt|scala|groovy)$/,
  go: /\.go$/,
  nuget: /\.(cs|fs)$/,
  rubygems: /\.(rb|ru)$/,
  composer: /\.php$/,
  cargo: /\.rs$/,
  hex: /\.exs?$/,
};
/** Files that run in no service. */
const ELSEWHERE =
  /[._-](test|spec|mock|stories|d)\.\w+$|_test\.(go|exs|py)$|(^|\/)(test_[^/]*|conftest)\.py$|(^|\/)(scripts?|bench(marks?)?|migrations?|load-?tests?|magefiles|fuzz|tools\/ci[-\w]*)\/|(^|\/)[^/]*Tests?\.(java|kt|cs)$|\.min\.js$|(^|\/)config\/environments\/(development|test|staging)\.rb$/i;
/** Largest file of code that is looked at; what is larger is generated or data. */
const CAP = 256 * 1024;

interface Prepared {
  readonly library: Library;
  readonly imports: RegExp | undefined;
  readonly uses: readonly (readonly [Capability, Use])[];
}

/** Signs in code, one for each library and capability of a unit, and how many files of code there are. */
export function signsInCode(
  sources: Sources,
  dependencies: readonly UnitDependency[],
  dirs: readonly string[],
): { readonly signs: readonly Sign[]; readonly code: readonly string[] } {
  const own = sources.files.filter(
    ({ class: kind, path, size }) =>
      kind === 'source' && size <= CAP && !isDocumentation(path) && !ELSEWHERE.test(path),
  );
  const signs = new Map<string, Sign>();
  const chosen = new Set<string>();
  const code: string[] = [];
  const prepared = preparedFor(dependencies);
  const sniffs = new Map([...prepared].map(([ecosystem, entries]) => [ecosystem, sniffFor(entries)]));
  for (const file of own) {
    const ecosystem = ecosystemOf(file.path);
    if (!ecosystem) continue;
    code.push(file.path);
    const unit = unitAt(file.path, dirs) ?? '';
    const text = sources.text(file, []) ?? '';
    if (!sniffs.get(ecosystem)?.test(text)) continue;
    for (const sign of signsInFile({ file, text, unit }, prepared.get(ecosystem) ?? [], chosen)) {
      const key = [unit, sign.capability, sign.by].join('\0');
      if (!signs.has(key)) signs.set(key, sign);
    }
  }
  const sure = [...signs.values()].filter(({ unit, by }) => !chosen.has([unit, by].join('\0')));
  return { signs: sure, code };
}

function ecosystemOf(path: string): Ecosystem | undefined {
  return (Object.keys(CODE) as Ecosystem[]).find((it) => CODE[it].test(path));
}

/** One look that tells whether a file is worth a closer one: any import, or any use of what needs none. */
function sniffFor(prepared: readonly Prepared[]): RegExp {
  const patterns = prepared.flatMap(({ imports, uses }) =>
    imports ? [imports] : uses.map(([, use]) => patternOf(use)),
  );
  return new RegExp(patterns.map(({ source }) => `(?:${source})`).join('|'), 'im');
}

/** Where no import is written the library has to be among the dependencies. */
function preparedFor(dependencies: readonly UnitDependency[]): ReadonlyMap<Ecosystem, readonly Prepared[]> {
  const prepared = new Map<Ecosystem, Prepared[]>();
  for (const library of LIBRARIES) {
    const imports = importOf(library);
    const isThere =
      imports !== undefined ||
      library.names.length === 0 ||
      dependencies.some((it) => it.ecosystem === library.ecosystem && it.scope === 'run' && isNamed(library, it.name));
    const uses = Object.entries(library.gives).flatMap(([capability, use]) =>
      use ? [[capability as Capability, use] as const] : [],
    );
    if (!isThere || uses.length === 0) continue;
    prepared.set(library.ecosystem, [...(prepared.get(library.ecosystem) ?? []), { library, imports, uses }]);
  }
  return prepared;
}

/** The signs of a file; `chosen` takes what it says is chosen at start. */
function signsInFile(
  { file, text, unit }: { readonly file: SourceFile; readonly text: string; readonly unit: string },
  prepared: readonly Prepared[],
  chosen: Set<string>,
): readonly Sign[] {
  const likely = prepared.filter(({ imports, uses }) =>
    imports ? imports.test(text) : uses.some(([, use]) => patternOf(use).test(text)),
  );
  if (likely.length === 0) return [];
  const { code, bare } = bareCode(text, file.path);
  for (const { library, imports } of likely) {
    if (library.chosenBy?.test(bare) && (!imports || imports.test(code)))
      chosen.add([unit, spokenName(library)].join('\0'));
  }
  return likely.flatMap(({ library, imports, uses }) => {
    if ((imports && !imports.test(code)) || library.spoiledBy?.(code)) return [];
    return uses.flatMap(([capability, use]): readonly Sign[] => {
      const found = patternOf(use).exec(use instanceof RegExp ? bare : code);
      if (!found) return [];
      const line = text.slice(0, found.index + found[0].search(/\S/)).split('\n').length;
      const { family } = library;
      const by = spokenName(library);
      const strength = library.interfaceOnly ? 'installed' : 'wired';
      return [{ capability, strength, by, ...(family && { family }), unit, at: placeIn(file, line) }];
    });
  });
}

function patternOf(use: Use): RegExp {
  return use instanceof RegExp ? use : use.text;
}
