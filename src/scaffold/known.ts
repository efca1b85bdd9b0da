/** What is known of a service when a document about it is begun: its manifest and its alerts. Guesses nothing. */
import type { Alert } from '../evidence/alerts.ts';
import type { Claims } from '../manifest/manifest.ts';
import { codeMarkdown, plainMarkdown } from '../report/escape-markdown.ts';

/** The service, and what the document is to be about. */
export interface Known {
  /** What it is about, as it was named on the command line; the service's name where it was not. */
  readonly about: string;
  readonly service: string;
  readonly claims: Claims;
  readonly alerts: readonly Alert[];
  /** ISO date that counts as today. */
  readonly today: string;
}

/** A mark that every rule about written pages refuses, with what is to stand in its place. */
export function todo(what: string): string {
  return `TODO: ${what}`;
}

/** Words of the manifest as text of a page; a mark where it does not say them. */
export function said(words: string | undefined, what: string): string {
  return words === undefined || words.trim() === '' ? todo(what) : plainMarkdown(words.trim());
}

/** The same behind a label; the mark stands alone, because a label before it would make it an answer. */
export function labelled(label: string, words: string | undefined, what: string): string {
  const text = said(words, what);
  return text === todo(what) ? text : `${label}: ${text}`;
}

/** A list with a mark in place of its items where there are none. */
export function items(lines: readonly string[], what: string): readonly string[] {
  return lines.length === 0 ? [`- ${todo(what)}`] : lines.map((line) => `- ${line}`);
}

/** Who is called and after how long, as far as the manifest says. */
export function escalationLines({ claims }: Known): readonly string[] {
  const levels = (claims.escalation ?? []).map(({ who, contact, after }) =>
    [
      after === undefined ? '' : `after ${plainMarkdown(after)}: `,
      plainMarkdown(who),
      contact === undefined ? '' : `, ${codeMarkdown(contact)}`,
    ].join(''),
  );
  return items(levels, 'who is called next, how, and after how many minutes');
}

/** What the service depends on, and whom to reach for it. */
export function dependencyLines({ claims }: Known): readonly string[] {
  const lines = (claims.dependencies ?? []).map(({ id, owner, contact, impact }) =>
    [
      codeMarkdown(id),
      owner === undefined ? '' : ` of ${plainMarkdown(owner)}`,
      contact === undefined ? '' : `, ${codeMarkdown(contact)}`,
      impact === undefined ? '' : `: ${plainMarkdown(impact)}`,
    ].join(''),
  );
  return items(lines, 'what the service calls, whose it is, how to reach them, what users notice without it');
}

/** Where state is kept. */
export function storeLines({ claims }: Known): readonly string[] {
  const lines = (claims.data?.stores ?? []).map(({ id, kind, rpo, rto, restore_runbook: restore }) =>
    [
      codeMarkdown(id),
      kind === undefined ? '' : ` (${plainMarkdown(kind)})`,
      rpo === undefined ? '' : `, at most ${plainMarkdown(rpo)} of data may be lost`,
      rto === undefined ? '' : `, back within ${plainMarkdown(rto)}`,
      restore === undefined ? '' : `; restored by ${codeMarkdown(restore)}`,
    ].join(''),
  );
  return items(lines, 'every database, bucket and volume, how much of it may be lost, how it is restored');
}

/** A page from its paragraphs. */
export function page(...parts: readonly (string | readonly string[])[]): string {
  return `${parts.map((part) => (typeof part === 'string' ? part : part.join('\n'))).join('\n\n')}\n`;
}
