/** Writes a first manifest from what was observed: valid at once, every guess marked as one, what is still to say as comments. Pure. */
import { stringify } from 'yaml';
import type { Stage, Tier } from '../model.ts';

/** A value and where it was seen, or why it is guessed. */
export interface Observation<T> {
  readonly value: T;
  /** `path:line`, or the reason of a guess. */
  readonly from: string;
  readonly guess?: boolean;
}

/** A team, and what CODEOWNERS calls it. */
export interface Owner {
  readonly team: string;
  readonly repoTeams: readonly string[];
}

/** Where runbooks are; all that follow are references as the manifest writes them. */
export interface KeptRunbooks {
  readonly dir?: string;
  /** Those outside that folder. */
  readonly files: readonly string[];
}

/** A specification of objectives. */
export interface Slo {
  readonly id: string;
  readonly file: string;
}

/** A dashboard kept as code. */
export interface Dashboard {
  readonly file: string;
  readonly uid?: string;
}

/** Something the service needs. */
export interface Dependency {
  readonly id: string;
  readonly kind?: 'http' | 'grpc' | 'db' | 'queue' | 'cache' | 'saas' | 'file' | 'other';
}

/** Something that keeps its data. */
export interface Store {
  readonly id: string;
  /** The product, e.g. postgres. */
  readonly kind: string;
}

/** All that a repository shows about a service before anybody claims anything. */
export interface Observed {
  readonly name: Observation<string>;
  readonly description?: Observation<string>;
  readonly tier: Observation<Tier>;
  readonly stage: Observation<Stage>;
  readonly owner?: Observation<Owner>;
  readonly oncall?: Observation<string>;
  readonly environments: readonly Observation<string>[];
  /** Rule files, or globs of them. */
  readonly alerts: readonly Observation<string>[];
  /** Places of alerts that cannot be read here. */
  readonly unseenAlerts: readonly string[];
  readonly runbooks?: Observation<KeptRunbooks>;
  readonly slos: readonly Observation<Slo>[];
  readonly dashboards: readonly Observation<Dashboard>[];
  readonly dependencies: readonly Observation<Dependency>[];
  readonly stores: readonly Observation<Store>[];
  /** Catalogue files of other formats. */
  readonly catalogues: readonly string[];
  /** Kinds of evidence that we failed to collect. */
  readonly notes: readonly string[];
}

/** The manifest's text; `schema` is what editors are told to validate against. */
export function propose(observed: Observed, schema: string): string {
  const blocks = [
    head(observed, schema),
    people(observed),
    surroundings(observed),
    alarms(observed),
    needs(observed),
    next(),
  ];
  return `${blocks
    .map((block) => block.join('\n'))
    .filter(Boolean)
    .join('\n\n')}\n`;
}

function head({ name, description, tier, stage, catalogues }: Observed, schema: string): readonly string[] {
  return [
    remark(`yaml-language-server: $schema=${schema}`),
    '# What this service claims. `gonogo check` holds every claim against what the repository shows.',
    'apiVersion: gonogo/v1',
    'kind: Service',
    line('name', name),
    ...(description
      ? [line('description', description)]
      : ['# description: what it does, in a sentence for someone who has never seen it']),
    line('tier', tier, '1 customer-critical, 2 important, 3 standard internal, 4 experimental'),
    line('stage', stage, 'design, build, beta, live or sunset'),
    ...(catalogues.length > 0 ? [`imports: ${inline(catalogues)} # the same service in other formats`] : []),
  ];
}

function people({ owner, oncall }: Observed): readonly string[] {
  return [
    ...(owner ? [ownerLine(owner)] : ['# owner: the team that answers for it, e.g. team-payments']),
    '# support: where users get help, e.g. "#help-payments"',
    ...(oncall
      ? [line('oncall', oncall, 'add provider, hours and participants')]
      : ['# oncall: { provider: pagerduty, ref: the-schedule, hours: 24x7, participants: 4 }']),
    '# escalation: [{ who: on-call, after: 0m }, { who: lead, after: 15m }, { who: head of, after: 30m }]',
  ];
}

function ownerLine({ value: { team, repoTeams }, ...seen }: Observation<Owner>): string {
  if (repoTeams.length === 0) return line('owner', { value: team, ...seen });
  return `owner: { team: ${inner(team)}, repo_teams: ${inline(repoTeams)} } ${remark(seen.from)}`;
}

function surroundings({ environments, dashboards }: Observed): readonly string[] {
  return [
    ...section(
      'environments:',
      environments.map(({ value, from }) => `  - id: ${scalar(value)} ${remark(from)}`),
    ),
    ...section('observability:\n  dashboards:', dashboards.map(dashboardLine)),
  ];
}

function dashboardLine({ value: { file, uid }, from }: Observation<Dashboard>): string {
  return `    - { ${uid === undefined ? '' : `uid: ${inner(uid)}, `}evidence: ${inner(file)} } ${remark(from)}`;
}

function alarms({ alerts, unseenAlerts, runbooks, slos }: Observed): readonly string[] {
  const sources = alerts.map(({ value, from }) => `    - ${scalar(value)} ${remark(from)}`);
  return [
    ...unseenLines(unseenAlerts),
    ...(sources.length > 0
      ? ['alerts:', '  sources:', ...sources]
      : ['# alerts: the rule files; `repo:org/name//path` when they are kept elsewhere']),
    ...(runbooks ? runbookLines(runbooks) : ['# runbooks: docs/runbooks']),
    ...section(
      'slos:',
      slos.map(({ value, from }) => `  - { id: ${inner(value.id)}, evidence: ${inner(value.file)} } ${remark(from)}`),
    ),
  ];
}

function unseenLines([first, ...more]: readonly string[]): readonly string[] {
  return first === undefined
    ? []
    : [remark(`Alerts that are not read: ${first}${more.length === 0 ? '' : ` and ${more.length} more`}`)];
}

function runbookLines({ value: { dir, files }, from }: Observation<KeptRunbooks>): readonly string[] {
  if (dir !== undefined && files.length === 0) return [line('runbooks', { value: dir, from })];
  return [
    `runbooks: ${remark(from)}`,
    ...(dir === undefined ? [] : [`  dir: ${scalar(dir)}`]),
    ...section(
      '  files:',
      files.map((file) => `    - ${scalar(file)}`),
    ),
  ];
}

function needs({ dependencies, stores }: Observed): readonly string[] {
  return [
    ...section('dependencies:', dependencies.map(dependencyLine)),
    ...section(
      'data:\n  stores:',
      stores.map(
        ({ value, ...seen }) =>
          `    - { id: ${inner(value.id)}, kind: ${inner(value.kind)} } ${remark(`${origin(seen)}; add rpo, rto, backup, restore_test`)}`,
      ),
    ),
  ];
}

function dependencyLine({ value: { id, kind }, ...seen }: Observation<Dependency>): string {
  return `  - { id: ${inner(id)}${kind === undefined ? '' : `, kind: ${kind}`} } ${remark(`${origin(seen)}; add criticality, timeout, retry, fallback, contact`)}`;
}

function next(): readonly string[] {
  return [
    '# Next: `gonogo check` names what is missing, most severe first; `gonogo explain <rule>` says how to meet a rule.',
  ];
}

/** A key and its items; nothing when there are none, because an empty list would claim that there is nothing. */
function section(key: string, items: readonly string[]): readonly string[] {
  return items.length > 0 ? [key, ...items] : [];
}

function line(key: string, { value, ...seen }: Observation<string | number>, words?: string): string {
  return `${key}: ${scalar(value)} ${remark([origin(seen), words].filter(Boolean).join('; '))}`;
}

function origin({ from, guess }: Omit<Observation<unknown>, 'value'>): string {
  return guess ? `a guess (${from}); correct it` : from;
}

/** A comment. A file's name may hold a line break or something nobody would see. */
function remark(words: string): string {
  return `# ${words.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')}`;
}

/** A value on one line; a comment may follow. */
function scalar(value: string | number): string {
  const text = stringify(value, { lineWidth: 0 }).trimEnd();
  return /[\n\p{C}\p{Zl}\p{Zp}]/u.test(text) ? quoted(String(value)) : text;
}

/** The same within braces or brackets, where a comma would separate. */
function inner(value: string): string {
  return /[,{}[\]]/.test(value) ? quoted(value) : scalar(value);
}

function quoted(value: string): string {
  return JSON.stringify(value.toWellFormed()).replace(
    /[\p{C}\p{Zl}\p{Zp}]/gu,
    (character) => `\\U${(character.codePointAt(0) ?? 0).toString(16).padStart(8, '0')}`,
  );
}

function inline(values: readonly string[]): string {
  return `[${values.map(inner).join(', ')}]`;
}
