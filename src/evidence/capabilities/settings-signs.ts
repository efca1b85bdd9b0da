/** Signs in settings: Spring's application files, loggers' XML, and the files that agents read. */
import type { Place } from '../../model.ts';
import type { SourceFile, Sources } from '../collector.ts';
import { record, word } from '../plain-value.ts';
import { isDocumentation, placeIn } from '../sources.ts';
import type { Capability, Family, Sign } from './capability.ts';
import { readLogSettings } from './log-settings.ts';
import { type UnitDependency, unitAt } from './units.ts';

const SPRING = /(^|\/)(application|bootstrap)(-[\w-]+)?\.(ya?ml|properties)$/i;
const ONLY_BELOW = /-(local|dev|develop|development|test|integration\w*|it|ci)\./i;
/** Settings that a Dropwizard service is started with. */
const DROPWIZARD = /\.ya?ml$/i;
const LOGGING = /(^|\/)(logback[\w-]*|log4j2[\w-]*)\.xml$/i;

/** A setting of Spring or Quarkus, and the dependency without which it does nothing. */
interface Setting {
  readonly key: RegExp;
  readonly value: RegExp;
  readonly capability: Capability;
  readonly by: string;
  readonly needs?: RegExp;
}

const SETTINGS: readonly Setting[] = [
  {
    key: /^management\.endpoints\.web\.exposure\.include(\[\d+\])?$/,
    value: /(^|[\s,"'])(prometheus|\*)($|[\s,"'])/,
    capability: 'metrics',
    by: "the actuator's prometheus endpoint",
    needs: /:micrometer-registry-prometheus/,
  },
  {
    key: /^management\.(otlp\.tracing\.endpoint|zipkin\.tracing\.endpoint|opentelemetry\.tracing\.export\.otlp\.endpoint)$/,
    value: /\S/,
    capability: 'tracing',
    by: 'Micrometer Tracing',
    needs: /:micrometer-tracing-bridge-|:spring-boot-starter-opentelemetry/,
  },
  {
    key: /^logging\.structured\.format\.console$/,
    value: /^(ecs|gelf|logstash|[\w.]+\.\w+)$/,
    capability: 'logging-structured',
    by: 'logging.structured.format.console',
  },
  {
    key: /^logging\.pattern\.console$/,
    value: /^\{\s*"/,
    capability: 'logging-structured',
    by: 'a pattern that spells JSON out',
  },
  {
    key: /^logging\.pattern\.(console|level|correlation)$/,
    value: /%(?:X|mdc)\{[^}]*(?:trace|correlation|request)/i,
    capability: 'log-correlation',
    by: 'the log pattern',
  },
];

/** What each of these files sets up, where its library is installed or its agent started. */
const AGENT_FILES: readonly (readonly [RegExp, Family | undefined, RegExp])[] = [
  [/(^|\/)newrelic\.(yml|ini|js|cjs|config)$/, 'newrelic', /^newrelic/],
  [/(^|\/)skylight\.yml$/, undefined, /^skylight$/],
  [/(^|\/)appsignal\.(yml|js|cjs|mjs)$/, undefined, /appsignal/],
  [/(^|\/)scout_apm\.yml$/, undefined, /^scout_apm$/],
  [/(^|\/)elastic_apm\.yml$/, 'elastic', /^elastic-apm/],
];

/** What settings show. */
export interface SettingsReading {
  readonly signs: readonly Sign[];
  /** Loggers' settings that write text. */
  readonly plainLogs: readonly Place[];
}

/** Signs in the service's settings. */
export function signsInSettings(
  sources: Sources,
  dependencies: readonly UnitDependency[],
  dirs: readonly string[],
): SettingsReading {
  const own = sources.files.filter((it) => it.class === 'source' && !isDocumentation(it.path));
  const plainLogs: Place[] = [];
  const signs = own.flatMap((file): readonly Sign[] => {
    const unit = unitAt(file.path, dirs) ?? '';
    if (SPRING.test(file.path) && !ONLY_BELOW.test(file.path)) return springSigns(file, unit, sources, dependencies);
    if (LOGGING.test(file.path)) return loggingSigns(file, unit, sources, plainLogs);
    if (DROPWIZARD.test(file.path)) return dropwizardSigns(file, unit, sources, dependencies);
    return agentFileSigns(file, unit, dependencies);
  });
  return { signs, plainLogs };
}

function springSigns(
  file: SourceFile,
  unit: string,
  sources: Sources,
  dependencies: readonly UnitDependency[],
): readonly Sign[] {
  return entriesOf(file, sources).flatMap(([key, value, line, profile]) =>
    SETTINGS.flatMap(({ key: wanted, value: asked, capability, by, needs }): readonly Sign[] => {
      const isMet = !needs || dependencies.some(({ name, scope }) => scope === 'run' && needs.test(name));
      if (!isMet || !wanted.test(key) || !asked.test(value)) return [];
      const when = capability === 'logging-structured' && profile !== undefined ? { when: profile } : {};
      return [{ capability, strength: 'configured', by, unit, ...when, at: placeIn(file, line) }];
    }),
  );
}

type Entry = readonly [key: string, value: string, line: number | undefined, profile?: string | undefined];

/** Keys with dots and their values. */
function entriesOf(file: SourceFile, sources: Sources): readonly Entry[] {
  if (/\.properties$/i.test(file.path)) {
    const lines = (sources.text(file, []) ?? '').split('\n');
    return lines.flatMap((line, index): readonly Entry[] => {
      const [, key, value] = /^\s*([\w.[\]-]+)\s*[=:]\s*(.*)$/.exec(line) ?? [];
      return key === undefined ? [] : [[key, value ?? '', index + 1]];
    });
  }
  const documents = sources.yaml(file, [])?.documents ?? [];
  return documents.flatMap((document) => {
    const members = flattened(document.value, []);
    const profile = members.find(([path]) => ON_PROFILE.test(path.join('.')))?.[1];
    return members.map(([path, value]): Entry => [path.join('.'), value, document.at(path).line, profile]);
  });
}

/** A document of several in one file that is for some profiles only. */
const ON_PROFILE = /^spring\.(?:config\.activate\.on-profile|profiles)$/;
const MOST_DEPTH = 12;

function flattened(value: unknown, path: readonly string[]): readonly (readonly [readonly string[], string])[] {
  const text = word(value);
  if (text !== undefined) return [[path, text]];
  if (path.length > MOST_DEPTH) return [];
  if (Array.isArray(value)) return [[path, value.map((it) => word(it) ?? '').join(',')]];
  return Object.entries(record(value)).flatMap(([key, inner]) => flattened(inner, [...path, key]));
}

function loggingSigns(file: SourceFile, unit: string, sources: Sources, plainLogs: Place[]): readonly Sign[] {
  if (/-(test|local|dev)\.xml$/i.test(file.path)) return [];
  const { json, plain } = readLogSettings(sources.text(file, []) ?? '');
  plainLogs.push(...plain.map(({ line }) => placeIn(file, line)));
  const name = file.path.split('/').pop() ?? '';
  return json.map(({ line, when }) => ({
    capability: 'logging-structured',
    strength: 'configured',
    by: `${name}'s JSON encoder`,
    unit,
    ...(when !== undefined && { when }),
    at: placeIn(file, line),
  }));
}

/** Dropwizard's own settings: an appender or a layout whose type is one of JSON. */
function dropwizardSigns(
  file: SourceFile,
  unit: string,
  sources: Sources,
  dependencies: readonly UnitDependency[],
): readonly Sign[] {
  if (!dependencies.some(({ name }) => /^io\.dropwizard:|logging-dropwizard/.test(name))) return [];
  const lines = (sources.text(file, []) ?? '').split('\n');
  const start = lines.findIndex((it) => /^logging:/.test(it));
  const length = lines.slice(start + 1).findIndex((it) => /^\S/.test(it));
  const section = start < 0 ? [] : lines.slice(start, length < 0 ? undefined : start + 1 + length);
  const index = section.findIndex((it) => /^\s+(?:-\s*)?type:\s*["']?[\w-]*(?:json|logstash)[\w-]*["']?\s*$/.test(it));
  if (index < 0) return [];
  const by = "Dropwizard's JSON layout";
  return [{ capability: 'logging-structured', strength: 'configured', by, unit, at: placeIn(file, start + index + 1) }];
}

function agentFileSigns(file: SourceFile, unit: string, dependencies: readonly UnitDependency[]): readonly Sign[] {
  const [, family, needs] = AGENT_FILES.find(([pattern]) => pattern.test(file.path)) ?? [];
  if (!needs || !dependencies.some(({ name, scope }) => scope === 'run' && needs.test(name))) return [];
  const by = file.path.split('/').pop() ?? '';
  return (['tracing', 'metrics'] as const).map((capability) => ({
    capability,
    strength: 'configured',
    by,
    ...(family && { family }),
    unit,
    at: placeIn(file),
  }));
}
