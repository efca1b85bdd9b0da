/** What programs can do for whoever operates them: logs, metrics, traces and the like, by their dependencies, settings, agents and code. A dependency alone is told as one. */
import type { Place, Unread } from '../model.ts';
import { agentsIn, commandsIn } from './capabilities/agents.ts';
import type { Capability, Sign, Unit } from './capabilities/capability.ts';
import { signsInCode } from './capabilities/code-signs.ts';
import { isNamed, LIBRARIES } from './capabilities/libraries.ts';
import { signsInSettings } from './capabilities/settings-signs.ts';
import { spokenFamily, spokenName } from './capabilities/spoken-name.ts';
import { isDockerfile, readUnits, type UnitDependency, unitAt } from './capabilities/units.ts';
import { wrapperOf } from './capabilities/wrappers.ts';
import { defineCollector, type SourceFile, type Sources } from './collector.ts';
import { placeIn } from './sources.ts';

/** A dependency that nobody here knows and whose name suggests a capability. */
export interface Hint {
  readonly name: string;
  readonly capabilities: readonly Capability[];
  readonly unit: string;
  readonly at: Place;
}

/** A variable that an image sets. */
export interface Variable {
  readonly name: string;
  readonly value: string;
  readonly at: Place;
}

/** Facts of this kind. */
export interface Facts {
  readonly units: readonly Unit[];
  readonly signs: readonly Sign[];
  readonly hints: readonly Hint[];
  /** Loggers' settings that write text for people. */
  readonly plainLogs: readonly Place[];
  readonly variables: readonly Variable[];
  /** Files of code by the folder of their unit; empty where the code is elsewhere. */
  readonly code: Readonly<Record<string, number>>;
}

const START = /(^|\/)(Procfile|[^/]*(start|run|entry-?point|boot|launch)[^/]*\.sh)$/i;
const VARIABLE = /^(?:OTEL|DD|NEW_RELIC|ELASTIC_APM|APPLICATIONINSIGHTS|JAEGER|ZIPKIN|STATSD|SPRING_PROFILES_ACTIVE)/;

export const collector = defineCollector<Facts>({
  summary:
    'what programs can do for whoever operates them: dependencies of npm, PyPI, Maven, Gradle, NuGet, Go, RubyGems, Composer, Cargo and Hex, settings of Spring and of loggers, agents in start commands, and calls in code',
  parses: ['yaml'],
  collect(sources) {
    const unread: Unread[] = [];
    const { units, dependencies, files } = readUnits(sources, unread);
    const dirs = units.map(({ dir }) => dir);
    const { signs: wired, code } = signsInCode(sources, dependencies, dirs);
    const settings = signsInSettings(sources, dependencies, dirs);
    const started = startedIn(sources, dirs);
    const signs = [
      ...wired,
      ...settings.signs,
      ...started.signs,
      ...dependencies.flatMap((it) => installed(it, dependencies)),
    ];
    const counted = units.length === 1 ? '1 folder with dependencies' : `${units.length} folders with dependencies`;
    return {
      facts: {
        units,
        signs: distinct(signs),
        hints: dependencies.flatMap(hintOf),
        plainLogs: settings.plainLogs,
        variables: started.variables,
        code: tally(code.map((path) => unitAt(path, dirs) ?? '')),
      },
      looked: { files: files + code.length, note: `${counted}, ${code.length} files of code` },
      unread,
      delegated: [],
    };
  },
});

/** What a dependency gives: as one, and where the framework sets it up by itself. */
function installed(
  { ecosystem, name, scope, at, unit }: UnitDependency,
  all: readonly UnitDependency[],
): readonly Sign[] {
  if (scope !== 'run') return [];
  return LIBRARIES.filter((it) => !it.general && it.ecosystem === ecosystem && isNamed(it, name)).flatMap((library) => {
    const { family, gives, auto = [], autoWith } = library;
    const isMet = autoWith === undefined || all.some((it) => it.scope === 'run' && it.name.startsWith(autoWith));
    const by = spokenName({ names: [name], ...(family && { family }) });
    return (Object.keys(gives) as Capability[]).map(
      (capability): Sign => ({
        capability,
        strength: isMet && auto.includes(capability) ? 'configured' : 'installed',
        by,
        ...(family && { family }),
        unit,
        at,
      }),
    );
  });
}

function hintOf({ ecosystem, name, scope, at, unit }: UnitDependency): readonly Hint[] {
  if (scope !== 'run' || LIBRARIES.some((it) => it.ecosystem === ecosystem && isNamed(it, name))) return [];
  const capabilities = wrapperOf(name);
  return capabilities.length > 0 ? [{ name, capabilities, unit, at }] : [];
}

/** What start commands load and images set. */
function startedIn(
  sources: Sources,
  dirs: readonly string[],
): { readonly signs: readonly Sign[]; readonly variables: readonly Variable[] } {
  const own = sources.files.filter((it) => it.class === 'source');
  const hasSettings = (name: string): boolean => own.some(({ path }) => path === name || path.endsWith(`/${name}`));
  const asked = own.filter(({ path }) => isDockerfile(path) || START.test(path));
  const texts = asked.map((file) => ({ file, text: sources.text(file, []) ?? '' }));
  const signs = texts.flatMap(({ file, text }) =>
    agentsIn(text, file.path, hasSettings).flatMap(({ family, how, gives, line }) =>
      gives.map(
        (capability): Sign => ({
          capability,
          strength: 'configured',
          by: family ? `${spokenFamily(family)} by ${how}` : how,
          ...(family && { family }),
          unit: unitAt(file.path, dirs) ?? '',
          at: placeIn(file, line),
        }),
      ),
    ),
  );
  return { signs, variables: texts.flatMap(({ file, text }) => variablesIn(file, text)) };
}

function variablesIn(file: SourceFile, text: string): readonly Variable[] {
  if (!isDockerfile(file.path)) return [];
  return commandsIn(text, file.path).flatMap(({ command, line }) => {
    const pairs = /^\s*ENV\s+(.*)$/is.exec(command)?.[1] ?? '';
    return [...pairs.matchAll(/(?:^|\s)(\w+)[= ]\s*("[^"]*"|\S*)/g)].flatMap(({ 1: name = '', 2: value = '' }) =>
      VARIABLE.test(name) ? [{ name, value: value.replace(/^"|"$/g, ''), at: placeIn(file, line) }] : [],
    );
  });
}

function distinct(signs: readonly Sign[]): readonly Sign[] {
  return [
    ...new Map(
      signs.map((it) => [[it.unit, it.capability, it.by, it.strength, it.at.path, it.at.line].join('\0'), it]),
    ).values(),
  ];
}

function tally(keys: readonly string[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return Object.fromEntries(counts);
}
