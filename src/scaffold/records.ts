/** Records to begin with: the review of an incident, and an exercise. */
import { codeMarkdown, plainMarkdown } from '../report/escape-markdown.ts';
import { type Known, labelled, page, said, todo } from './known.ts';

/** The review of an incident. */
export function postmortem({ about, service, today, alerts }: Known): string {
  const named = alerts.find(({ name }) => name.toLowerCase() === about.toLowerCase());
  return page(
    ['---', `date: ${today}`, 'severity: TODO', `service: ${service.replace(/[^\w.-]/g, '-')}`, '---'],
    `# Incident: ${plainMarkdown(about)}`,
    '## Impact',
    todo('who noticed what, how many they were, from when to when, and what it cost'),
    '## Detection',
    named
      ? `Alert ${codeMarkdown(named.name)}.`
      : todo('which alert told of it, or who did, and how long after it began'),
    '## Timeline',
    `- ${todo('hh:mm UTC, what happened, who did what')}`,
    '## Participants',
    `- ${todo('who worked on it, and in which role')}`,
    '## Root causes',
    todo('why it could happen, why it was not noticed sooner, why it took as long; no names of people'),
    '## What went well',
    todo('what kept it from being worse'),
    '## Actions',
    `- [ ] ${todo('what will be changed, who owns it, until when (YYYY-MM-DD), the ticket')}`,
  );
}

/** The record of an exercise; where it is named after a failure mode, with what is expected to happen. */
export function drill({ about, claims, today }: Known): string {
  const mode = (claims.failure_modes ?? []).find(({ id }) => id === about);
  return page(
    `# Exercise: ${plainMarkdown(about)}`,
    `Date: ${today}`,
    '## What was brought about',
    said(
      mode?.cause && `The failure mode ${mode.id}, cause ${mode.cause}.`,
      'what was broken on purpose, where, and how it was limited',
    ),
    '## What was expected',
    [
      `- ${labelled('Users', mode?.effect, 'what users should notice')}`,
      `- ${labelled('Detection', mode?.alert?.join(', ') ?? mode?.detection, 'which alert should fire, and how soon')}`,
      `- ${labelled('Answer', mode?.mitigation, 'what should be done, by which runbook')}`,
    ],
    '## Participants',
    `- ${todo('who took part, and in which role')}`,
    '## Findings',
    `- ${todo('what was different from what was expected; times from start to alert, to answer, to end')}`,
    '## Actions',
    `- [ ] ${todo('what will be changed, who owns it, until when (YYYY-MM-DD), the ticket')}`,
  );
}
