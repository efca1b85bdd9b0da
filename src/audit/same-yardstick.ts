/** Whether two audits judge by the same, and which part differs where they do not. Pure. */
import type { AuditHeader } from '../model-audit.ts';

/** What differs, as the end of a sentence; undefined where nothing that decides does. */
export function differenceOf(one: AuditHeader, other: AuditHeader): string | undefined {
  if (one.yardstick === other.yardstick) return undefined;
  if (one.tool.version !== other.tool.version)
    return `one is of gonogo ${one.tool.version}, the other of ${other.tool.version}`;
  if (one.asOf !== other.asOf) return `one counts from ${one.asOf}, the other from ${other.asOf}`;
  if (one.policy?.digest !== other.policy?.digest)
    return `the policies differ (${policyOf(one)} and ${policyOf(other)})`;
  const changed = changedChecklists(one, other);
  if (changed.length > 0) return `the checklists differ (${changed.join(', ')})`;
  return 'the flags or the data by which they judge differ';
}

function policyOf({ policy }: AuditHeader): string {
  return policy ? `${policy.name} ${policy.digest}` : 'none';
}

function changedChecklists(one: AuditHeader, other: AuditHeader): readonly string[] {
  const digests = new Map(other.checklists.map(({ name, digest }) => [name, digest]));
  const changed = one.checklists.filter(({ name, digest }) => digests.get(name) !== digest).map(({ name }) => name);
  const known = new Set(one.checklists.map(({ name }) => name));
  return [...changed, ...other.checklists.map(({ name }) => name).filter((name) => !known.has(name))];
}
