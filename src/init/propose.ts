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

/** All that a repository shows about a service before anybody claims anything. */
export interface Observed {
  readonly name: Observation<string>;
  readonly description?: Observation<string>;
  readonly tier: Observation<Tier>;
  readonly stage: Observation<Stage>;
  readonly owner?: Observation<string>;
  readonly oncall?: Observation<string>;
  readonly environments: readonly Observation<string>[];
  /** Rule files. */
  readonly alerts: readonly Observation<string>[];
  readonly runbooks?: Observation<string>;
  readonly slos: readonly Observation<string>[];
  readonly dashboards: readonly Observation<{ readonly path: string; readonly uid?: string }>[];
  readonly dependencies: readonly Observation<{ readonly id: string; readonly kind: string }>[];
  readonly stores: readonly Observation<{ readonly id: string; readonly kind: string }>[];
  /** Catalogue files of other formats. */
  readonly catalogues: readonly string[];
}

/** The manifest's text; `schema` is what editors are told to validate against. */
export function propose(observed: Observed, schema: string): string {
  const blocks = [head(observed, schema), people(observed), surroundings(observed), alarms(observed), needs(observed), next()];
  // A file's name may hold a line break, and here it stands in a comment.
  const lines = blocks.map((block) => block.map((it) => it.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')).join('\n'));
  return `${lines.filter(Boolean).join('\n\n')}\n`;
}

function head({ name, description, tier, stage, catalogues }: Observed, schema: string): readonly string[] {
  return [
    `# yaml-language-server: $schema=${schema}`,
    '# What this service claims. `gonogo check` holds every claim against what the repository shows.',
    'apiVersion: gonogo/v1',
    'kind: Service',
    line('name', name),
    ...(description ? [line('description', description)] : []),
    line('tier', tier, '1 customer-critical, 2 important, 3 standard internal, 4 experimental'),
    line('stage', stage, 'design, build, beta, live or sunset'),
    ...(catalogues.length > 0 ? [`imports: ${inline(catalogues)} # the same service in other formats`] : []),
  ];
}

function people({ owner, oncall }: Observed): readonly string[] {
  return [
    ...(owner ? [line('owner', owner)] : ['# owner: the team that answers for it, e.g. team-payments']),
    '# support: where users get help, e.g. "#help-payments"',
    ...(oncall ? [line('oncall', oncall)] : ['# oncall: { provider: pagerduty, ref: the-schedule, hours: 24x7, participants: 4 }']),
    '# escalation: [{ who: on-call, after: 0m }, { who: lead, after: 15m }, { who: head of, after: 30m }]',
  ];
}

function surroundings({ environments, dashboards }: Observed): readonly string[] {
  const lines = environments.length > 0 ? ['environments:', ...environments.map((it) => `  - id: ${scalar(it.value)} # ${it.from}`)] : [];
  if (dashboards.length === 0) return lines;
  const items = dashboards.map(({ value, from }) => `    - { ${value.uid ? `uid: ${scalar(value.uid)}, ` : ''}evidence: ${scalar(value.path)} } # ${from}`);
  return [...lines, 'observability:', '  dashboards:', ...items];
}

function alarms({ alerts, runbooks, slos }: Observed): readonly string[] {
  return [
    ...(alerts.length > 0 ? ['alerts:', '  sources:', ...alerts.map((it) => `    - ${scalar(it.value)} # ${it.from}`)] : ['# alerts: the rule files; `repo:org/name//path` when they are kept elsewhere']),
    ...(runbooks ? [line('runbooks', runbooks)] : ['# runbooks: docs/runbooks']),
    ...(slos.length > 0 ? ['slos:', ...slos.map((it) => `  - { id: ${idOf(it.value)}, evidence: ${scalar(it.value)} } # ${it.from}`)] : []),
  ];
}

function needs({ dependencies, stores }: Observed): readonly string[] {
  const called = dependencies.map(({ value, from }) => `  - { id: ${scalar(value.id)}, kind: ${value.kind} } # ${from}; add criticality, timeout, retry, fallback, contact`);
  const kept = stores.map(({ value, from }) => `    - { id: ${scalar(value.id)}, kind: ${scalar(value.kind)} } # ${from}; add rpo, rto, backup, restore_test, or ephemeral: true`);
  return [...(called.length > 0 ? ['dependencies:', ...called] : []), ...(kept.length > 0 ? ['data:', '  stores:', ...kept] : [])];
}

function next(): readonly string[] {
  return ['# Next: `gonogo check` names what is missing, most severe first; `gonogo explain <rule>` says how to meet a rule.'];
}

function line(key: string, { value, from, guess }: Observation<string | number>, words?: string): string {
  const comment = [guess ? `a guess (${from}); correct it` : from, words].filter(Boolean).join('; ');
  return `${key}: ${scalar(value)} # ${comment}`;
}

function scalar(value: string | number): string {
  const text = stringify(value, { lineWidth: 0 }).trimEnd();
  // A block scalar cannot be followed by a comment, and within braces commas would separate.
  return /[\n,{}[\]]/.test(text) ? JSON.stringify(value) : text;
}

function inline(values: readonly string[]): string {
  return `[${values.map(scalar).join(', ')}]`;
}

function idOf(path: string): string {
  const name = path.split('/').pop()?.replace(/\.[^.]*$/, '') ?? path;
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '') || 'slo';
}
