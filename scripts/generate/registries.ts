/** Registries from folder listings: checks by area, kinds of evidence. Lazy, typed, closed; nothing is listed by hand. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';

const HEADER = '// Written by scripts/generate.ts from the folder listing. Do not edit.\n';

/** All registry files. */
export function generateRegistries(): Record<string, string> {
  return {
    ...checkRegistries(),
    'src/generated/estate-checks.ts': estateRegistry(),
    'src/generated/evidence.ts': evidenceRegistry(),
    'src/generated/formats.ts': formatRegistry('FORMATS', 'Report formats', 'report'),
    'src/generated/audit-formats.ts': formatRegistry('AUDIT_FORMATS', 'Formats of an audit', 'report/audit'),
    'src/generated/trend-formats.ts': formatRegistry('TREND_FORMATS', 'Formats of a trend', 'report/trend'),
  };
}

/** Areas with the ids of their checks. A module of an area is a check when it exports one. */
export function checksByArea(): Record<string, readonly string[]> {
  const areas = readdirSync('src/checks', { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return Object.fromEntries(
    areas.map(({ name }) => [name, modules(`src/checks/${name}`, /export const check\b/)] as const).sort(byName),
  );
}

/** One module an area, so that a run loads a handful of files and not one a check. */
function checkRegistries(): Record<string, string> {
  const areas = checksByArea();
  const files: Record<string, string> = {};
  const entries: string[] = [];
  for (const [area, ids] of Object.entries(areas)) {
    const imports = ids.map((id, index) => `import { check as check${index} } from '../../checks/${area}/${id}.ts';`);
    const members = ids.map((id, index) => `  '${id}': check${index},`);
    files[`src/generated/areas/${area}.ts`] = [
      HEADER,
      ...imports,
      '',
      'export const checks = {',
      ...members,
      '};',
      '',
    ].join('\n');
    entries.push(
      ...ids.map((id) => `  '${area}/${id}': async () => (await import('./areas/${area}.ts')).checks['${id}'],`),
    );
  }
  files['src/generated/checks.ts'] = [
    HEADER,
    '/** Every check by id. */',
    'export const CHECKS = {',
    ...entries,
    '};',
    '',
  ].join('\n');
  return files;
}

/** Names of the rules across services. */
export function estateRules(): readonly string[] {
  return modules('src/estate/rules', /export const check\b/);
}

/** Not lazy: an audit assesses them all, in one synchronous pass. */
function estateRegistry(): string {
  const names = estateRules();
  return [
    HEADER,
    "import type { EstateCheck } from '../estate/define.ts';",
    ...names.map((name, index) => `import { check as check${index} } from '../estate/rules/${name}.ts';`),
    '',
    '/** Every rule across services by id. */',
    'export const ESTATE_CHECKS: ReadonlyMap<string, EstateCheck> = new Map<string, EstateCheck>([',
    ...names.map((name, index) => `  ['estate/${name}', check${index}],`),
    ']);',
    '',
  ].join('\n');
}

function evidenceRegistry(): string {
  const kinds = modules('src/evidence', /export const collector\b/);
  return [
    HEADER,
    "import type { Gathered } from '../model.ts';",
    "import type { Facts as Judged } from '../verdict/judged.ts';",
    ...kinds.map((kind) => `import type { Facts as ${typeName(kind)} } from '../evidence/${kind}.ts';`),
    '',
    '/** What a repository shows, by kind. `judged` is gathered last, from the verdict itself. */',
    'export interface Evidence {',
    ...kinds.map((kind) => `  readonly '${kind}': Gathered<${typeName(kind)}>;`),
    '  readonly judged: Gathered<Judged>;',
    '}',
    '',
    '/** Collectors by kind. */',
    'export const COLLECTORS = {',
    ...kinds.map((kind) => `  '${kind}': async () => (await import('../evidence/${kind}.ts')).collector,`),
    '};',
    '',
  ].join('\n');
}

function formatRegistry(constant: string, what: string, folder: string): string {
  const names = modules(`src/${folder}`, /export const format\b/);
  return [
    HEADER,
    `/** ${what} by name. */`,
    `export const ${constant} = {`,
    ...names.map((name) => `  '${name}': async () => (await import('../${folder}/${name}.ts')).format,`),
    '};',
    '',
  ].join('\n');
}

function modules(folder: string, marker: RegExp): readonly string[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts'));
  return files
    .filter((file) => marker.test(readFileSync(`${folder}/${file}`, 'utf8')))
    .map((file) => file.replace(/\.ts$/, ''))
    .sort();
}

function typeName(kind: string): string {
  return kind.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
