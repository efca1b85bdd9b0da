/** Reads a policy. The operator's may change thresholds; one found in the judged repository is data from the judged and may only tighten. */
import semver from 'semver';
import { days } from '../dates.ts';
import type { GonogoPolicy } from '../generated/policy.ts';
import { validate } from '../generated/validate-policy.js';
import { InputError } from '../input-error.ts';
import { describeError, parseStrict } from '../manifest/parse.ts';
import { nearest } from '../nearest.ts';
import type { Repo } from '../repo/repo.ts';
import type { NamedChecklist } from '../run.ts';
import { table } from '../table.ts';
import { DEFAULT_LIMITS } from '../verdict/waivers.ts';
import type { Entry, Override, TierKey } from './entry.ts';
import { POLICY_FILE } from './policy-file.ts';

const WEIGHT: Readonly<Record<string, number>> = table({ off: 0, standard: 1, major: 2, critical: 3 });

/** The repository's own policy. */
export function loadRepoPolicy(repo: Repo, checklists: readonly NamedChecklist[], version: string): GonogoPolicy {
  const read = repo.read(POLICY_FILE);
  if (!read.ok)
    throw new InputError(
      `the policy cannot be read: ${read.detail}`,
      POLICY_FILE,
      'repair it, or judge with --policy FILE',
    );
  const policy = loadPolicy(read.text, POLICY_FILE, checklists, version);
  const entries = entriesOf(checklists);
  const loosened = [
    ...looserWaivers(policy),
    ...Object.entries(policy.rules ?? {}).flatMap(([id, override]) => looser(id, override, entries.get(id))),
  ];
  if (loosened[0]) {
    throw new InputError(
      `a repository's own policy may only tighten, and this one loosens: ${loosened.join('; ')}`,
      POLICY_FILE,
      'remove that, or hand the policy over with --policy FILE',
    );
  }
  return policy;
}

/** A policy from text; `path` is for messages, `version` is this gonogo's. */
export function loadPolicy(
  text: string,
  path: string,
  checklists: readonly NamedChecklist[],
  version: string,
): GonogoPolicy {
  const parsed = parseStrict(text, path);
  const problem = parsed.problems[0];
  if (problem)
    throw new InputError(
      `the policy is not readable: ${problem.message}`,
      `${path}:${problem.at.line ?? 1}`,
      problem.fix,
    );
  if (!validate(parsed.value)) {
    const { message, pointer } = describeError(validate.errors?.[0]);
    throw new InputError(
      `the policy does not fit its schema: ${message}`,
      `${path}:${parsed.positions[pointer]?.[0] ?? 1}`,
      '`gonogo schema policy` prints the schema',
    );
  }
  const policy = parsed.value as GonogoPolicy;
  refuseVersion(policy.requires, version, path);
  const known = entriesOf(checklists);
  for (const id of Object.keys(policy.rules ?? {})) {
    if (known.has(id)) continue;
    const close = nearest(id, known.keys());
    throw new InputError(
      `the policy names "${id}", which is no rule`,
      path,
      close ? `did you mean "${close}"?` : '`gonogo rules` lists them all',
    );
  }
  return policy;
}

function refuseVersion(range: string | undefined, version: string, path: string): void {
  if (range === undefined) return;
  if (semver.validRange(range) === null)
    throw new InputError(
      `the policy requires "${range}", which is no range of versions`,
      path,
      'write e.g. requires: ">=0.1 <1"',
    );
  if (semver.satisfies(version, range, { includePrerelease: true })) return;
  throw new InputError(
    `the policy is written for gonogo ${range}, and this is ${version}`,
    path,
    'install a fitting gonogo, or ask the owner of the policy',
  );
}

function entriesOf(checklists: readonly NamedChecklist[]): ReadonlyMap<string, Entry> {
  return new Map(checklists.flatMap((list) => list.rules.map((rule) => [rule.id, rule] as const)));
}

function looserWaivers(policy: GonogoPolicy): readonly string[] {
  return Object.entries(policy.waivers ?? {}).flatMap(([severity, life]) => {
    const limit = days(DEFAULT_LIMITS[severity as keyof typeof DEFAULT_LIMITS] ?? '') ?? 0;
    return typeof life === 'string' && (days(life) ?? 0) > limit ? [`waivers of ${severity} rules for ${life}`] : [];
  });
}

/** What an override from the repository makes weaker. Thresholds are refused whole: which way is tighter, only the check knows. */
function looser(id: string, override: Override, entry: Entry | undefined): readonly string[] {
  const tiers = Object.entries(override.severity ?? {}) as readonly (readonly [TierKey, string])[];
  const weaker = tiers.filter(
    ([tier, severity]) => (WEIGHT[severity] ?? 0) < (WEIGHT[entry?.severity[tier] ?? 'off'] ?? 0),
  );
  return [
    ...weaker.map(([tier, severity]) => `${id} ${severity} for ${tier}`),
    ...(override.proof === 'optional' && entry?.proof === 'required' ? [`${id} without proof`] : []),
    ...(override.with ? [`${id} with other thresholds`] : []),
    ...(override.effective_from ? [`${id} from a later day`] : []),
  ];
}
