/** Checklists and profiles, checked and compiled to data. Fails on an entry that does not fit its schema or names no check. */
import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { digestOf } from '../../src/checklist/digest.ts';
import { type Entry, inFull, type Short } from '../../src/checklist/entry.ts';
import { checksByArea, estateRules } from './registries.ts';
import { readSchemas } from './schemas.ts';

const HEADER = '// Written by scripts/generate.ts from checklists/. Do not edit.\n';

interface Checklist {
  readonly area: string;
  readonly subject?: 'estate';
  readonly rules: readonly Short<Entry>[];
}

/** `src/generated/checklists.ts`. */
export function generateChecklists(): Record<string, string> {
  const all = read('checklists', 'checklist').map((it) => compiled(it.value as Checklist, it.digest));
  const checklists = all.filter(({ subject }) => subject === undefined);
  const estate = all.filter(({ subject }) => subject === 'estate');
  const profiles = read('checklists/profiles', 'profile').map((it) => it.value as { profile: string; rules: object });
  const ids = checklists.flatMap((list) => list.rules.map((rule) => rule.id));
  refuse(checklists, profiles, ids);
  refuseEstate(estate);
  const body = [
    HEADER,
    "import type { ProfileDefinition } from '../checklist/entry.ts';",
    "import type { NamedChecklist } from '../run.ts';",
    '',
    `export const CHECKLISTS: readonly NamedChecklist[] = ${JSON.stringify(checklists)};`,
    '',
    '/** The rules about all services of an audit together. */',
    `export const ESTATE: NamedChecklist = ${JSON.stringify(estate[0])};`,
    '',
    `export const PROFILES: Readonly<Record<string, ProfileDefinition>> = ${JSON.stringify(Object.fromEntries(profiles.map((it) => [it.profile, it])))};`,
    '',
  ];
  return { 'src/generated/checklists.ts': body.join('\n') };
}

function compiled(list: Checklist, digest: string) {
  return { ...list, rules: list.rules.map((rule) => inFull<Entry>(rule)), digest };
}

/** One checklist, whose rules are the files in src/estate/rules and no others. */
function refuseEstate(lists: readonly Checklist[]): void {
  const ids = lists.flatMap(({ rules }) => rules.map(({ id }) => id));
  const files = estateRules().map((name) => `estate/${name}`);
  const trouble = [
    ...(lists.length === 1 ? [] : [`${lists.length} checklists have the subject estate, and it has to be one`]),
    ...ids.filter((id) => !files.includes(id)).map((id) => `${id} has no file: src/estate/rules/`),
    ...files.filter((id) => !ids.includes(id)).map((id) => `${id} is in no checklist`),
  ];
  if (trouble.length > 0) throw new Error(`checklists: ${trouble.join('\n  ')}`);
}

function read(folder: string, schema: string): readonly { value: unknown; digest: string }[] {
  const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true, keywords: ['x-short'] });
  for (const it of Object.values(readSchemas())) ajv.addSchema(it);
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort();
  return files.map((file) => {
    const text = readFileSync(`${folder}/${file}`, 'utf8');
    const value: unknown = parse(text);
    if (!ajv.validate(`${schema}.schema.json`, value))
      throw new Error(`${folder}/${file}: ${ajv.errorsText(ajv.errors, { separator: '\n  ' })}`);
    return { value, digest: digestOf(text) };
  });
}

/** Every rule has its own id, an existing check and belongs to its file; every override names a rule. */
function refuse(
  checklists: readonly Pick<Checklist, 'area' | 'rules'>[],
  profiles: readonly { profile: string; rules: object }[],
  ids: readonly string[],
): void {
  const checks = new Set(
    Object.entries(checksByArea()).flatMap(([area, names]) => names.map((name) => `${area}/${name}`)),
  );
  const trouble = [
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `the rule id ${id} is used twice`),
    ...checklists.flatMap((list) =>
      list.rules
        .filter((rule) => !rule.id.startsWith(`${list.area}/`))
        .map((rule) => `${rule.id} is not in area ${list.area}`),
    ),
    ...checklists.flatMap((list) =>
      list.rules
        .filter((rule) => !checks.has(rule.check ?? rule.id))
        .map((rule) => `${rule.id} names no check: src/checks/${rule.check ?? rule.id}.ts`),
    ),
    ...profiles.flatMap((it) =>
      Object.keys(it.rules)
        .filter((id) => !ids.includes(id))
        .map((id) => `profile ${it.profile} overrides ${id}, which is no rule`),
    ),
  ];
  if (trouble.length > 0) throw new Error(`checklists: ${trouble.join('\n  ')}`);
}
