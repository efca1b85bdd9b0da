/** Fingerprints that survive moved lines: what a problem is about, never where it stands in the file. Pure. */
import { createHash } from 'node:crypto';
import type { Problem } from '../model.ts';

/** Twelve hexadecimal digits for a rule's finding on a service. */
export function findingFingerprint(service: string, rule: string): string {
  return digest([service, rule]);
}

/** Twelve hexadecimal digits for one problem; its subject when it has one, else its file and message without numbers of lines. */
export function problemFingerprint(service: string, rule: string, problem: Problem): string {
  const about = problem.subject ?? `${problem.at?.path ?? ''} ${problem.message.replace(/:\d+(:\d+)?/g, '')}`;
  return digest([service, rule, about]);
}

function digest(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 12);
}
