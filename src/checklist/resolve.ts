/** Checklists, a profile and a policy resolved to the rules that apply to one service. Pure. */
import { InputError } from '../input-error.ts';
import type { Rule, Service, Severity, Stage, Tier } from '../model.ts';
import { nearest } from '../nearest.ts';
import { type Checklist, type Entry, forTier, type Override, type ProfileDefinition } from './entry.ts';
import type { PolicyContent } from './merge-policy.ts';

/** Stages in the order of a service's life. */
const STAGES: readonly Stage[] = ['design', 'build', 'beta', 'live', 'sunset'];

/** The rules that apply now, and the ids of those that will at a later stage. */
export interface Plan {
  readonly rules: readonly Rule[];
  readonly later: readonly string[];
}

/** Layers that change entries, weakest first. */
export interface Layers {
  readonly profile: Readonly<Record<string, Override>>;
  readonly policy: Readonly<Record<string, Override>>;
  /** Parameters of the organisation's, for every check that declares them. */
  readonly shared?: Readonly<Record<string, unknown>>;
}

/** The layers for services of a profile; what the organisation means by its words become parameters of whichever check declares them. */
export function layersFor({ profile }: Pick<Service, 'profile'>, { profiles, policy }: Judging): Layers {
  const { rules = {}, severity_map, paging } = policy ?? {};
  return {
    profile: profiles[profile]?.rules ?? {},
    policy: rules,
    shared: {
      ...(severity_map && { severity_map }),
      ...(paging?.labels && { paging_labels: paging.labels }),
      ...(paging?.receivers && { paging_receivers: paging.receivers }),
    },
  };
}

/** What layers are made from. */
interface Judging {
  readonly profiles: Readonly<Record<string, ProfileDefinition>>;
  readonly policy?: PolicyContent;
}

/** The rules for a service of this tier, stage and profile. `only` names ids, aliases or areas; empty means all. */
export function resolveRules(
  checklists: readonly Checklist[],
  layers: Layers,
  service: Pick<Service, 'tier' | 'stage'>,
  only: readonly string[],
): Plan {
  const chosen = chooser(checklists, only);
  const rules: Rule[] = [];
  const later: string[] = [];
  for (const { area, rules: entries } of checklists) {
    for (const entry of entries) {
      if (!chosen(area, entry)) continue;
      const rule = resolveRule(area, entry, layers, service.tier);
      if (rule.severity === 'off') continue;
      if (STAGES.indexOf(rule.due) > STAGES.indexOf(service.stage)) later.push(rule.id);
      else rules.push(rule);
    }
  }
  return { rules, later };
}

/** One rule as it applies to a service, whatever its severity and stage; undefined where there is none of that id. */
export function ruleFor(
  checklists: readonly Checklist[],
  layers: Layers,
  { tier }: Pick<Service, 'tier'>,
  id: string,
): Rule | undefined {
  const list = checklists.find(({ rules }) => rules.some((it) => it.id === id));
  const entry = list?.rules.find((it) => it.id === id);
  return list && entry && resolveRule(list.area, entry, layers, tier);
}

/** Parameters of one entry for a tier: checklist, then profile, then policy. Defaults are filled in by the check. */
function resolveRule(area: string, entry: Entry, layers: Layers, tier: Tier): Rule {
  const overrides = [layers.profile[entry.id], layers.policy[entry.id]].filter((it) => it !== undefined);
  const severity = overrides.reduce((now, it) => it.severity?.[`tier${tier}`] ?? now, severityOf(entry, tier));
  const enabled = overrides.reduce((now, it) => it.enabled ?? now, true);
  const effectiveFrom = overrides.reduce((now, it) => it.effective_from ?? now, entry.effective_from);
  const proof = overrides.reduce((now, it) => it.proof ?? now, entry.proof ?? 'optional');
  const params = Object.assign(
    {},
    layers.shared,
    ...[entry.with, ...overrides.map((it) => it.with)].map((it) => paramsFor(it, tier)),
  );
  return {
    id: entry.id,
    aliases: entry.aliases ?? [],
    area,
    statement: entry.statement,
    severity: enabled ? severity : 'off',
    proof,
    due: entry.due ?? 'design',
    check: entry.check ?? entry.id,
    params,
    why: entry.why.trim(),
    fix: entry.fix.trim(),
    refs: entry.refs ?? [],
    ...(effectiveFrom && { effectiveFrom }),
    // A waiver of the rules about waivers would let every other one stand.
    waivable: area !== 'waivers' && !overrides.some((it) => it.non_waivable),
  };
}

/** Severity an entry gives a tier; a tier it does not name is `off`. */
export function severityOf(entry: Pick<Entry, 'severity'>, tier: Tier): Severity {
  return entry.severity[`tier${tier}`] ?? 'off';
}

function paramsFor(values: Entry['with'], tier: Tier): Record<string, unknown> {
  const entries = Object.entries(values ?? {}).map(([name, value]) => [name, forTier(value, tier)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** A test for `--only`; a word that names nothing is the user's error. */
function chooser(checklists: readonly Checklist[], only: readonly string[]): (area: string, entry: Entry) => boolean {
  if (only.length === 0) return () => true;
  const ids = checklists.flatMap((list) => list.rules.flatMap((rule) => [rule.id, ...(rule.aliases ?? [])]));
  const areas = checklists.map((list) => list.area);
  for (const word of only) {
    if (ids.includes(word) || areas.includes(areaWord(word))) continue;
    const close = nearest(word, [...ids, ...areas]);
    throw new InputError(
      `no rule or area is called "${word}"`,
      '--only',
      close ? `did you mean "${close}"? \`gonogo rules\` lists them all` : '`gonogo rules` lists them all',
    );
  }
  return (area, entry) =>
    only.some((word) => areaWord(word) === area || [entry.id, ...(entry.aliases ?? [])].includes(word));
}

function areaWord(word: string): string {
  return word.replace(/\/\*?$/, '');
}
