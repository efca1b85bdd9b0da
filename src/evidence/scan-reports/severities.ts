/** Severities by word and by CVSS base score. After FIRST, CVSS 3.1 and 4.0, qualitative severity rating scale. */
import type { AdvisorySeverity } from '../../advisories/advisory.ts';
import { table } from '../../table.ts';

const WORDS: Readonly<Record<string, AdvisorySeverity>> = table({
  critical: 4,
  high: 3,
  medium: 2,
  moderate: 2,
  low: 1,
  negligible: 1,
  info: 1,
});

/** By a word; 0 for any other. */
export function severityNamed(value: unknown): AdvisorySeverity {
  const name = typeof value === 'string' ? value.slice(0, 20).toLowerCase() : '';
  return Object.hasOwn(WORDS, name) ? (WORDS[name] ?? 0) : 0;
}

/** By a base score from 0.1 to 10, as a number or as text; 0 for anything else. */
export function severityOfScore(value: unknown): AdvisorySeverity {
  const score = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof score !== 'number' || !(score > 0 && score <= 10)) return 0;
  if (score >= 9) return 4;
  if (score >= 7) return 3;
  return score >= 4 ? 2 : 1;
}

const GREATEST_FIRST: readonly AdvisorySeverity[] = [4, 3, 2, 1];

/** The greatest of some. */
export function greatest(severities: readonly AdvisorySeverity[]): AdvisorySeverity {
  return GREATEST_FIRST.find((it) => severities.includes(it)) ?? 0;
}
