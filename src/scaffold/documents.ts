/** Documents to begin with that a service has once: its threat model, what a new team takes over with, its debts and its weekly numbers. */
import { addDays } from '../dates.ts';
import { codeMarkdown, plainMarkdown } from '../report/escape-markdown.ts';
import {
  dependencyLines,
  escalationLines,
  items,
  type Known,
  labelled,
  page,
  said,
  storeLines,
  todo,
} from './known.ts';

/** The threat model: what is known to be worth attacking, and what has to be thought about. */
export function threatModel(known: Known): string {
  const { about, claims } = known;
  const data = [claims.data?.classification, claims.data?.pii ? 'personal data' : undefined].filter(Boolean).join(', ');
  return page(
    `# Threat model of ${plainMarkdown(about)}`,
    todo('when it was last reviewed, as "Reviewed: YYYY-MM-DD"'),
    '## Assets and trust boundaries',
    labelled('Data', data, 'how sensitive the most sensitive data is'),
    [...storeLines(known), ...dependencyLines(known)],
    todo('what talks to what, and where trust ends: draw it, and name what is worth attacking'),
    '## Threats',
    `- ${todo('for each arrow and each asset: who could pretend, change, deny, read, stop or gain more than they may')}`,
    '## Mitigations',
    `- ${todo('for each threat: what stands against it, where that can be seen, and what risk stays')}`,
  );
}

/** What a new team needs to know. */
export function handover(known: Known): string {
  const { about, claims, alerts } = known;
  const environments = (claims.environments ?? []).map(
    ({ id, url }) => `${codeMarkdown(id)}${url ? `: ${codeMarkdown(url)}` : ''}`,
  );
  const owner = [claims.owner?.team, claims.owner?.contact].filter((it) => it !== undefined).join(', ');
  const names = [...new Set(alerts.map(({ name }) => name))];
  return page(
    `# Taking over ${plainMarkdown(claims.title ?? about)}`,
    todo('when it was last reviewed, as "Reviewed: YYYY-MM-DD", and by whom'),
    '## What it is and for whom',
    said(claims.description, 'what the service does, who uses it, what stops without it'),
    '## Architecture',
    todo('the parts, what talks to what, and the decisions that shaped it'),
    storeLines(known),
    '## Dependencies',
    dependencyLines(known),
    '## Environments',
    items(environments, 'each environment, where it is, how it differs from production'),
    '## Deploy and roll back',
    todo('how a change reaches production, how long it takes, how it is taken back, who may do so'),
    '## Operate',
    labelled('Runbooks', claims.runbooks?.dir, 'where the runbooks are'),
    names.length === 0
      ? todo('which there are, and which of them wake someone')
      : `Alerts: ${names.map(codeMarkdown).join(', ')}`,
    todo('what has to be done by hand, how often, and what to watch'),
    '## Debt and open risks',
    said(
      claims.operations?.tech_debt?.log,
      'what is known to be wrong, what it costs, and what was going to be done next',
    ),
    todo('what the team that leaves is worried about'),
    '## Contacts',
    labelled('Owner', owner, 'the team, and how to reach it'),
    escalationLines(known),
    todo('who of the team that leaves answers questions, and until when'),
  );
}

/** The list of debts. */
export function debtLog({ about, claims }: Known): string {
  return page(
    ['---', `owner: ${(claims.owner?.team ?? 'TODO').replace(/[^\w.@/-]/g, '-')}`, '---'],
    `# Technical debt of ${plainMarkdown(about)}`,
    todo('when somebody last looked through it, as "Last reviewed: YYYY-MM-DD"; each quarter is often enough'),
    'An item without an owner and a date is a wish.',
    [
      '| item | impact | cost | owner | since | due |',
      '| --- | --- | --- | --- | --- | --- |',
      '| TODO | TODO | TODO | TODO | TODO | TODO |',
    ],
  );
}

const COLUMNS = [
  'availability_percent',
  'latency_p95_ms',
  'requests',
  'incidents_critical',
  'incidents_major',
  'incidents_standard',
  'time_to_react_min',
  'time_to_resolve_min',
  'bugs',
  'sla_percent',
];

/** A table of weekly numbers with the week that is over, to be filled in and added to. */
export function opsStats({ today }: Known): string {
  const weekday = new Date(`${today}T00:00:00Z`).getUTCDay();
  const monday = addDays(today, -7 - ((weekday + 6) % 7));
  return `${['week', ...COLUMNS, 'action'].join(',')}\n${[monday, ...COLUMNS.map(() => 'TODO'), ''].join(',')}\n`;
}
