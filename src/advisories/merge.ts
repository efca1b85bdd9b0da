/** Merges what several records say about the same flaw of one package into one advisory. Pure; the order of the records does not matter. */
import type { Ecosystem, VersionOrder } from '../versions/order.ts';
import type { Advisory, AdvisoryFlag } from './advisory.ts';
import type { AffectedPackage } from './affected.ts';
import { intervalText, simplified, uncoveredVersions } from './interval.ts';
import type { OsvRecord } from './record.ts';
import { UNKNOWN_SEVERITY } from './severity.ts';

/** What one record says about the package. */
export interface Mention {
  readonly record: OsvRecord;
  readonly affected: AffectedPackage;
}

/** Prefixes of the ids that an ecosystem's own reviewers give. */
const OWN: Readonly<Partial<Record<Ecosystem, RegExp>>> = {
  PyPI: /^PYSEC-/,
  Go: /^GO-/,
  'crates.io': /^RUSTSEC-/,
  Hex: /^EEF-/,
  Packagist: /^(DRUPAL|TYPO3)-/,
};

/** One advisory for each group of mentions whose ids and aliases lead to each other; sorted by id. */
export function mergedAdvisories(
  ecosystem: Ecosystem,
  order: VersionOrder,
  mentions: readonly Mention[],
): readonly Advisory[] {
  return groupsByAlias(mentions)
    .map((group) => advisoryOf(ecosystem, order, group))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Union-find over ids: two mentions are of one group where any chain of ids and aliases joins them. */
function groupsByAlias(mentions: readonly Mention[]): readonly (readonly Mention[])[] {
  const parents = new Map<string, string>();
  for (const { record } of mentions)
    for (const alias of record.aliases) parents.set(rootOf(parents, alias), rootOf(parents, record.id));
  const groups = new Map<string, Mention[]>();
  for (const mention of mentions) {
    const root = rootOf(parents, mention.record.id);
    const group = groups.get(root);
    if (group) group.push(mention);
    else groups.set(root, [mention]);
  }
  return [...groups.values()];
}

function rootOf(parents: Map<string, string>, id: string): string {
  let root = id;
  for (let parent = parents.get(root); parent !== undefined && parent !== root; parent = parents.get(root))
    root = parent;
  for (let at = id; at !== root; ) {
    const next = parents.get(at) ?? root;
    parents.set(at, root);
    at = next;
  }
  return root;
}

function advisoryOf(ecosystem: Ecosystem, order: VersionOrder, group: readonly Mention[]): Advisory {
  const [id = '', ...aliases] = idsOf(ecosystem, group);
  const intervals = simplified(
    order,
    group.flatMap(({ affected }) => affected.intervals),
  );
  const uncertain = simplified(
    order,
    group.flatMap(({ affected }) => affected.uncertain),
  );
  const custom = simplified(
    order,
    group.flatMap(({ affected }) => affected.custom),
  );
  const published = group.flatMap(({ record }) => record.published ?? []).sort()[0];
  const title = titleOf(id, group);
  return {
    id,
    aliases,
    ...severest(group),
    ...(published === undefined ? {} : { published }),
    ranges: intervals.map(intervalText),
    versions: uncoveredVersions(
      order,
      intervals,
      group.flatMap(({ affected }) => affected.versions),
    ),
    uncertain: uncertain.map(intervalText),
    ...(custom.length > 0 ? { custom: custom.map(intervalText) } : {}),
    flags: flagsOf(group),
    ...(title === undefined ? {} : { title }),
  };
}

/** All ids, the best first: GitHub's, then the ecosystem's own, then a CVE; of two alike the one that is a record of its own. */
function idsOf(ecosystem: Ecosystem, group: readonly Mention[]): readonly string[] {
  const records = new Set(group.map(({ record }) => record.id));
  const ids = new Set(group.flatMap(({ record }) => [record.id, ...record.aliases]));
  const rank = (id: string): number => 2 * rankOf(ecosystem, id) + (records.has(id) ? 0 : 1);
  const [best = '', ...others] = [...ids].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return [best, ...others.sort()];
}

function rankOf(ecosystem: Ecosystem, id: string): number {
  if (id.startsWith('GHSA-')) return 0;
  if (OWN[ecosystem]?.test(id)) return 1;
  return id.startsWith('CVE-') ? 2 : 3;
}

function severest(group: readonly Mention[]): {
  readonly severity: Advisory['severity'];
  readonly severityFrom: string;
} {
  const [{ severity, severityFrom } = UNKNOWN_SEVERITY] = group
    .map(({ affected }) => affected)
    .sort((a, b) => b.severity - a.severity || (a.severityFrom < b.severityFrom ? -1 : 1));
  return { severity, severityFrom };
}

/** A record that names no flaw (`unmaintained`) does not take one away that another names. */
function flagsOf(group: readonly Mention[]): readonly AdvisoryFlag[] {
  const informational = group.map(({ affected }) => affected.informational);
  const flags = new Set<AdvisoryFlag>(
    informational.includes(undefined) ? [] : informational.flatMap((flag) => flag ?? []),
  );
  if (group.some(({ record }) => record.malicious)) flags.add('malicious');
  if (group.some(({ record }) => record.unreviewed)) flags.add('unreviewed');
  return [...flags].sort();
}

function titleOf(id: string, group: readonly Mention[]): string | undefined {
  const titled = group.flatMap(({ record }) =>
    record.title === undefined ? [] : [{ id: record.id, title: record.title }],
  );
  const [first] = titled.sort(
    (a, b) => Number(b.id === id) - Number(a.id === id) || (a.id + a.title < b.id + b.title ? -1 : 1),
  );
  return first?.title;
}
