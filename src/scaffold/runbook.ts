/** A runbook to begin with: for one alert where it is named after one, else for a service with a section for each of its alerts. */
import type { Alert } from '../evidence/alerts.ts';
import { blockMarkdown, codeMarkdown, plainMarkdown } from '../report/escape-markdown.ts';
import { dependencyLines, escalationLines, type Known, page, said, todo } from './known.ts';

/** More sections are not written at once by anybody. */
const MOST_ALERTS = 40;

/** The page. */
export function runbook(known: Known): string {
  const { about, alerts, claims, service } = known;
  const own = alerts.filter(({ name }) => name.toLowerCase() === about.toLowerCase());
  const [alert] = own;
  if (alert)
    return page(`# ${plainMarkdown(alert.name)}`, ...aboutAlert(alert, '##'), '## Escalation', escalationLines(known));
  const names = new Map(alerts.map((it) => [it.name, it]));
  const sections = [...names.values()]
    .slice(0, MOST_ALERTS)
    .flatMap((it) => [`## ${plainMarkdown(it.name)}`, ...aboutAlert(it, '###')]);
  return page(
    `# ${plainMarkdown(claims.title ?? about)} runbook`,
    '## Overview',
    said(
      about === service ? claims.description : undefined,
      'what it does and for whom, for somebody who never saw it',
    ),
    '## Impact',
    todo('what users notice while it is down, and how many they are'),
    '## Dashboards',
    `- ${todo('the dashboard to open first')}`,
    ...(sections.length > 0
      ? sections
      : ['## Diagnosis', todo('what to look at first'), '## Mitigation', todo('what to do')]),
    '## Dependencies',
    dependencyLines(known),
    '## Escalation',
    escalationLines(known),
  );
}

function aboutAlert(
  { annotations, expr, dialect, for: held }: Alert,
  level: '##' | '###',
): readonly (string | readonly string[])[] {
  const time = held === undefined ? 'at once' : `after ${codeMarkdown(held)}`;
  return [
    `${level} Meaning`,
    said(annotations.summary ?? annotations.message, 'what it means, in one sentence'),
    ...(expr.trim() === ''
      ? []
      : [`It fires ${time} where this is true:`, blockMarkdown(expr.trim(), dialect === 'unparsed' ? '' : dialect)]),
    `${level} Impact`,
    todo('what users notice, how many they are, and from when on it gets worse'),
    `${level} Diagnosis`,
    `1. ${todo('the first thing to look at, with its command or query, and what each answer means')}`,
    `${level} Mitigation`,
    `1. ${todo('what to do for each cause, with the commands to paste')}`,
    `${level} Verification`,
    todo('how to see that it is over'),
  ];
}
