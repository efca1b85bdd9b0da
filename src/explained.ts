/** One rule in full: its entry, its check, what the profiles change, an example. For `explain`, `rules` and the generated docs. */
import { kindsOf, loadCheck } from './assess.ts';
import { type Checklist, type Entry, isPerTier, type Override, type TierKey } from './checklist/entry.ts';
import type { Yardstick } from './checklist/policy.ts';
import { changesBy } from './checklist/policy-changes.ts';
import { severityOf } from './checklist/resolve.ts';
import { CHECKLISTS, ESTATE, PROFILES } from './generated/checklists.ts';
import { ESTATE_CHECKS } from './generated/estate-checks.ts';
import type { Severity, Tier } from './model.ts';
import type { RuleExplained } from './report/rule-explained.ts';

const TIERS: readonly Tier[] = [1, 2, 3, 4];

const BUILT_IN: Yardstick = { checklists: CHECKLISTS, checks: new Map() };

/** Every id and alias → the rule's id. */
export function ruleIds({ checklists }: Pick<Yardstick, 'checklists'> = BUILT_IN): ReadonlyMap<string, string> {
  return new Map(
    [...checklists, ESTATE].flatMap((list) =>
      list.rules.flatMap((rule) => [rule.id, ...(rule.aliases ?? [])].map((name) => [name, rule.id] as const)),
    ),
  );
}

/** Everything to say about a rule, by an organisation's policy where there is one. */
export async function explainRule(id: string, yardstick: Yardstick = BUILT_IN): Promise<RuleExplained> {
  const list = [...yardstick.checklists, ESTATE].find((it) => it.rules.some((rule) => rule.id === id));
  const entry = list?.rules.find((rule) => rule.id === id);
  if (!list || !entry) throw new Error(`no rule is called "${id}"`);
  const example = await exampleOf(id);
  return { ...(await described(list, entry, yardstick)), ...(example && { example }) };
}

async function described(list: Checklist, entry: Entry, { policy, checks }: Yardstick): Promise<RuleExplained> {
  const checkId = entry.check ?? entry.id;
  const check = list.subject === 'estate' ? estateCheck(checkId) : await loadCheck(checkId, checks);
  const override = policy?.rules?.[entry.id] ?? {};
  const changes = changesBy(policy, entry.id);
  const params = Object.entries(check.params).map(([name, param]) => {
    const given = over(entry.with?.[name], override.with?.[name]);
    return {
      name,
      doc: param.doc,
      default: isPerTier(given) ? param.default : (given ?? param.default),
      ...(isPerTier(given) && { perTier: given }),
    };
  });
  return {
    id: entry.id,
    area: list.area,
    ...(list.subject && { subject: list.subject }),
    statement: entry.statement,
    aliases: entry.aliases ?? [],
    severity: severities(entry, override),
    proof: override.proof ?? entry.proof ?? 'optional',
    due: entry.due ?? 'design',
    why: entry.why.trim(),
    fix: entry.fix.trim(),
    refs: entry.refs ?? [],
    check: { id: checkId, summary: check.summary, needs: [...kindsOf(check)], params },
    profiles: Object.values(PROFILES).flatMap(({ profile, rules }) => {
      const override = rules[entry.id];
      return override ? [{ profile, change: changeOf(override) }] : [];
    }),
    ...(changes.length > 0 && { policy: changes }),
  };
}

function estateCheck(id: string): Pick<Awaited<ReturnType<typeof loadCheck>>, 'summary' | 'params' | 'needs'> {
  const check = ESTATE_CHECKS.get(id);
  if (!check) throw new Error(`no rule across services is called "${id}"`);
  return { ...check, needs: [] };
}

/** A parameter as a policy leaves it: a value for some tiers leaves the others as they are. */
function over(entry: unknown, policy: unknown): unknown {
  if (!isPerTier(policy)) return policy ?? entry;
  if (isPerTier(entry)) return { ...entry, ...policy };
  const others = entry === undefined ? [] : TIERS.map((tier) => [`tier${tier}`, entry]);
  return { ...Object.fromEntries(others), ...policy };
}

function severities(entry: Entry, { enabled = true, severity }: Override): Record<TierKey, Severity> {
  const [tier1, tier2, tier3, tier4] = TIERS.map((tier) =>
    enabled ? (severity?.[`tier${tier}`] ?? severityOf(entry, tier)) : 'off',
  );
  return { tier1: tier1 ?? 'off', tier2: tier2 ?? 'off', tier3: tier3 ?? 'off', tier4: tier4 ?? 'off' };
}

/** "major for tier 1, proof required, max_age 90d". */
function changeOf({ severity = {}, proof, with: params = {} }: Override): string {
  const bySeverity = Object.entries(severity).map(([tier, value]) => `${value} for tier ${tier.slice(-1)}`);
  const byParam = Object.entries(params).map(
    ([name, value]) => `${name} ${isPerTier(value) ? tierList(value) : String(value)}`,
  );
  return [...bySeverity, ...(proof ? [`proof ${proof}`] : []), ...byParam].join(', ');
}

function tierList(values: Readonly<Record<string, unknown>>): string {
  return Object.entries(values)
    .map(([tier, value]) => `${String(value)} for tier ${tier.slice(-1)}`)
    .join(', ');
}

async function exampleOf(id: string): Promise<string | undefined> {
  const { EXAMPLES } = await import('./generated/examples.ts');
  return EXAMPLES[id];
}
