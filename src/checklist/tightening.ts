/** What a policy found in the judged repository may not say: it is data from the judged, and may only tighten. Pure. */
import { days } from '../dates.ts';
import { InputError } from '../input-error.ts';
import { below } from '../manifest/pointer.ts';
import type { NamedChecklist } from '../run.ts';
import { table } from '../table.ts';
import { DEFAULT_LIMITS } from '../verdict/waivers.ts';
import type { Entry, Override, ProfileDefinition, TierKey } from './entry.ts';
import type { PolicyContent } from './merge-policy.ts';
import { type Layer, lineOf } from './policy-layer.ts';

const WEIGHT: Readonly<Record<string, number>> = table({ off: 0, standard: 1, major: 2, critical: 3 });

const HAND_OVER = 'remove that, or hand the policy over with --policy FILE';

/** Refuses a layer that names code, or makes anything looser than the checklists or any profile: which one counts, nobody knows yet. */
export function refuseLooser(
  layer: Layer,
  checklists: readonly NamedChecklist[],
  profiles: readonly ProfileDefinition[],
): void {
  if (layer.policy.plugins)
    throw new InputError(
      'a plug-in is code, and a policy found in the judged repository may not name any',
      lineOf(layer, '/plugins'),
      'remove `plugins`, or keep them with a policy outside the repository and name it with --policy FILE',
    );
  const loosened = loosenings(layer.policy, strictest(entriesOf(checklists), profiles));
  const [first] = loosened;
  if (!first) return;
  throw new InputError(
    `a repository's own policy may only tighten, and this one loosens: ${loosened.map(({ say }) => say).join('; ')}`,
    lineOf(layer, first.pointer),
    HAND_OVER,
  );
}

interface Loosening {
  readonly say: string;
  readonly pointer: string;
}

function loosenings(policy: PolicyContent, entries: ReadonlyMap<string, Entry>): readonly Loosening[] {
  return [
    ...looserWaivers(policy),
    ...WHOLE.flatMap(([key, say]) => (policy[key] === undefined ? [] : [{ say, pointer: `/${key}` }])),
    ...Object.entries(policy.rules ?? {}).flatMap(([id, override]) =>
      looserRule(id, override, entries.get(id)).map((say) => ({ say, pointer: below('/rules', id) })),
    ),
  ];
}

/** The rules of which something may be loosened, each as strict as any profile has it. */
function strictest(
  entries: ReadonlyMap<string, Entry>,
  profiles: readonly ProfileDefinition[],
): ReadonlyMap<string, Entry> {
  const all = [...entries].map(([id, entry]) => {
    const overrides = profiles.flatMap(({ rules }) => rules[id] ?? []);
    return [id, overrides.reduce(stricter, entry)] as const;
  });
  return new Map(all);
}

function stricter(entry: Entry, { severity = {}, proof }: Override): Entry {
  const raised = Object.entries(severity).filter(
    ([tier, word]) => (WEIGHT[word] ?? 0) > (WEIGHT[entry.severity[tier as TierKey] ?? 'off'] ?? 0),
  );
  return {
    ...entry,
    severity: { ...entry.severity, ...Object.fromEntries(raised) },
    ...(proof === 'required' && { proof }),
  };
}

/** Which way is tighter is for these not to be told, and a service's manifest says each for itself, in sight of everybody. */
const WHOLE: readonly (readonly [keyof PolicyContent, string])[] = [
  ['severity_map', 'what severities mean (`alerts.severity_map` in gonogo.yaml says it)'],
  ['paging', 'which alerts wake someone (`alerts.page` in gonogo.yaml says it)'],
  ['private_packages', 'which packages are private (`packages.private` in gonogo.yaml says it)'],
];

function looserWaivers({ waivers = {} }: PolicyContent): readonly Loosening[] {
  return Object.entries(waivers).flatMap(([severity, life]) => {
    const limit = days(DEFAULT_LIMITS[severity as keyof typeof DEFAULT_LIMITS] ?? '') ?? 0;
    return typeof life === 'string' && (days(life) ?? 0) > limit
      ? [{ say: `waivers of ${severity} rules for ${life}`, pointer: `/waivers/${severity}` }]
      : [];
  });
}

/** Thresholds are refused whole: which way is tighter, only the check knows. */
function looserRule(id: string, override: Override, entry: Entry | undefined): readonly string[] {
  const tiers = Object.entries(override.severity ?? {}) as readonly (readonly [TierKey, string])[];
  const weaker = tiers.filter(
    ([tier, severity]) => (WEIGHT[severity] ?? 0) < (WEIGHT[entry?.severity[tier] ?? 'off'] ?? 0),
  );
  return [
    ...(override.enabled === false ? [`${id} switched off`] : []),
    ...weaker.map(([tier, severity]) => `${id} ${severity} for ${tier}`),
    ...(override.proof === 'optional' && entry?.proof === 'required' ? [`${id} without proof`] : []),
    ...(override.with ? [`${id} with other thresholds`] : []),
    ...(override.effective_from ? [`${id} from a later day`] : []),
  ];
}

/** Every entry by its id. */
export function entriesOf(checklists: readonly NamedChecklist[]): ReadonlyMap<string, Entry> {
  return new Map(checklists.flatMap((list) => list.rules.map((rule) => [rule.id, rule] as const)));
}
