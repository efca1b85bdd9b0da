/** What a pyproject.toml asks for: PEP 621, dependency groups (PEP 735), Poetry's, PDM's and uv's own tables. */
import { list, record, word } from '../plain-value.ts';
import { listed } from './compared.ts';
import { type Declared, type DeclaredReading, namedLines } from './declared.ts';
import type { Weight } from './graph.ts';
import type { TextAt } from './locked.ts';
import { parsedToml } from './parsed-toml.ts';
import { normalised, type PythonRequirement, pythonRequirement } from './pep508.ts';
import { poetryRange } from './poetry-range.ts';

/** A pyproject.toml, read. */
export interface PythonProject extends DeclaredReading {
  /** Normalised; undefined where it is no package. */
  readonly name: string | undefined;
  /** Patterns of uv's workspace, relative to its folder. */
  readonly members: readonly string[];
  readonly excluded: readonly string[];
}

/** Groups that a team installs where the program runs, by what they are called; the others are for its makers. */
const FOR_PRODUCTION = /^(?:main|default|prod|production|deploy|deployment|runtime|server)$/;

/** Scope of a group of requirements by its name. */
export function weightOfGroup(group: string): Weight {
  return FOR_PRODUCTION.test(normalised(group)) ? 'production' : 'development';
}

/** Reads one; nothing but a reason where it is no TOML. */
export function readPyproject(manifest: TextAt): PythonProject {
  const nothing = { name: undefined, members: [], excluded: [], declared: [] };
  const value = parsedToml(manifest);
  if (value === undefined) return { ...nothing, untold: [`${manifest.path} is not valid TOML`] };
  const project = record(value.project);
  const tool = record(value.tool);
  const name = word(project.name) ?? word(record(tool.poetry).name);
  const own = name === undefined ? undefined : normalised(name);
  const workspace = record(record(tool.uv).workspace);
  const lineOf = namedLines(manifest, normalised);
  const drafts = [...standard(value), ...poetry(record(tool.poetry)), ...ofTools(tool)];
  const strange = requirementTexts(value).filter((it) => requirementIn(it) === undefined);
  const elsewhere = new Set(Object.keys(record(record(tool.uv).sources)).map(normalised));
  for (const it of overridden(record(tool.uv))) elsewhere.add(it);
  return {
    name: own,
    members: words(workspace.members),
    excluded: words(workspace.exclude),
    // A project that names itself asks for its own extras.
    declared: drafts
      .filter((it) => it.name !== own)
      .map((it) => ({
        ...it,
        isElsewhere: it.isElsewhere || elsewhere.has(it.name),
        at: { path: manifest.path, line: lineOf(it.name) },
      })),
    untold: [
      ...(words(project.dynamic).includes('dependencies')
        ? [`the dependencies of ${manifest.path} are computed when it is built`]
        : []),
      ...(strange.length > 0 ? [`${manifest.path} asks for what is not understood: ${listed(strange)}`] : []),
    ],
  };
}

function words(value: unknown): readonly string[] {
  return list(value).filter((it) => typeof it === 'string');
}

/** Everything that asks for something as text. */
function requirementTexts(value: Readonly<Record<string, unknown>>): readonly string[] {
  const project = record(value.project);
  const tables = [
    project['optional-dependencies'],
    value['dependency-groups'],
    record(record(value.tool).pdm)['dev-dependencies'],
  ];
  return [...words(project.dependencies), ...tables.flatMap((it) => Object.values(record(it)).flatMap(words))];
}

type Draft = Omit<Declared, 'at'>;

function standard(value: Readonly<Record<string, unknown>>): readonly Draft[] {
  const project = record(value.project);
  const groups = record(value['dependency-groups']);
  return [
    ...requirements(project.dependencies, 'production'),
    ...Object.values(record(project['optional-dependencies'])).flatMap((it) => requirements(it, 'optional')),
    ...Object.entries(groups).flatMap(([name, it]) => requirements(it, weightOfGroup(name))),
  ];
}

/** Lists of requirements as text. An entry that includes another group brings nothing that the group itself does not. */
function requirements(value: unknown, weight: Weight): readonly Draft[] {
  return words(value).flatMap((text) => {
    const it = requirementIn(text);
    if (it === undefined) return [];
    const { name, range, extras, marker, url } = it;
    return [{ name, range, extras, weight, isConditional: marker !== undefined, isElsewhere: url !== undefined }];
  });
}

/** As PEP 508 writes it, or as pip's editable line, which PDM takes too. */
function requirementIn(text: string): PythonRequirement | undefined {
  if (!/^\s*-e\s/.test(text)) return pythonRequirement(text);
  const egg = /[#&]egg=([A-Za-z0-9][\w.-]*)/.exec(text.slice(0, 2000))?.[1];
  return egg === undefined ? undefined : { name: normalised(egg), extras: [], range: '*', url: text };
}

/** PDM's and uv's groups for development from before PEP 735. */
function ofTools(tool: Readonly<Record<string, unknown>>): readonly Draft[] {
  const pdm = Object.values(record(record(tool.pdm)['dev-dependencies']));
  return [
    ...requirements(record(tool.uv)['dev-dependencies'], 'development'),
    ...pdm.flatMap((it) => requirements(it, 'development')),
  ];
}

function overridden(uv: Readonly<Record<string, unknown>>): readonly string[] {
  const texts = [...words(uv['override-dependencies']), ...words(uv['exclude-dependencies'])];
  return texts.flatMap((it) => pythonRequirement(it)?.name ?? []);
}

function poetry(table: Readonly<Record<string, unknown>>): readonly Draft[] {
  const groups = Object.entries(record(table.group)).map(
    ([name, it]) => [record(it).dependencies, weightOfGroup(name)] as const,
  );
  return [
    ...poetryTable(table.dependencies, 'production'),
    ...poetryTable(table['dev-dependencies'], 'development'),
    ...groups.flatMap(([it, weight]) => poetryTable(it, weight)),
  ];
}

function poetryTable(value: unknown, weight: Weight): readonly Draft[] {
  return Object.entries(record(value)).flatMap(([key, it]) => {
    const name = normalised(key);
    const several = Array.isArray(it);
    return name === 'python' ? [] : (several ? list(it) : [it]).map((one) => poetryDraft(name, one, weight, several));
  });
}

const CONDITIONS = ['markers', 'python', 'platform'];
const PLACES = ['git', 'path', 'url', 'file'];

function poetryDraft(name: string, value: unknown, weight: Weight, isOneOfSeveral: boolean): Draft {
  const table = record(value);
  const range = word(typeof value === 'string' ? value : table.version) ?? '*';
  const isOptional = table.optional === true && weight === 'production';
  return {
    name,
    range,
    alternatives: poetryRange(range) ?? [range],
    weight: isOptional ? 'optional' : weight,
    extras: words(table.extras).map(normalised),
    isConditional: isOneOfSeveral || CONDITIONS.some((it) => it in table),
    isElsewhere: PLACES.some((it) => it in table),
  };
}

/** Whether a path is one's. */
export function isProject(path: string): boolean {
  return /(?:^|\/)pyproject\.toml$/.test(path);
}
