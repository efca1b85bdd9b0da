/** Which exceptions in use were not agreed before in the same words: longer, wider or new ones. Pure. */
import type { Finding, ServiceReport, Waiver } from '../model.ts';

/** Waivers in use that were not among the valid ones before. */
export function newWaivers(before: ServiceReport | undefined, after: ServiceReport): readonly Waiver[] {
  const known = new Set(before?.waivers.map(wordsOf));
  return after.waivers.filter((it) => !known.has(wordsOf(it)) && after.findings.some((finding) => uses(finding, it)));
}

function uses({ rule, waiver, problems }: Finding, it: Waiver): boolean {
  if (waiver && wordsOf(waiver) === wordsOf(it)) return true;
  return rule === it.rule && problems.some(({ waived }) => waived);
}

/** All that was agreed; where it is written down is no part of it. */
function wordsOf({ at: _, ...agreed }: Waiver): string {
  const { rule, scope, reason, owner, approvedBy, ticket, from, expires } = agreed;
  return JSON.stringify([rule, scope, reason, owner, approvedBy, ticket, from, expires]);
}
