/** Compares one catalogue entry with the manifest's claims, field by field. Leaves out what either side does not say or says in words of its own. */
import type { CatalogEntry, Said } from '../../evidence/owners/catalog-readers.ts';
import type { Claims } from '../../manifest/manifest.ts';
import { table } from '../../table.ts';
import { plain, sameName } from '../catalog-entries.ts';
import { isPerson, sameTeam } from '../ownership/people.ts';

/** One field that both sides speak about. */
export interface Comparison {
  readonly field: 'name' | 'owner' | 'tier' | 'stage';
  readonly said: Said;
  readonly ours: string;
  /** JSON pointer of our claim. */
  readonly pointer: string;
  readonly same: boolean;
}

/** The fields of one entry that can be compared; `tiers` maps words to digits. */
export function comparisons(
  entry: CatalogEntry,
  claims: Claims,
  tiers: Readonly<Record<string, string>>,
): readonly Comparison[] {
  const { name, owner, tier, stage } = entry;
  return [
    ...compare('name', name, claims.name, '/name', (theirs, ours) => sameName(theirs, ours)),
    ...compare('owner', owner, claims.owner?.team, '/owner/team', (theirs) => isOurTeam(theirs, claims)),
    ...compare('tier', tier, claims.tier, '/tier', (theirs, ours) => sameTier(theirs, ours, tiers)),
    ...compare('stage', stage, claims.stage, '/stage', sameStage),
  ];
}

/** `same` says undefined where the two cannot be held against each other. */
function compare(
  field: Comparison['field'],
  said: Said | undefined,
  ours: string | number | undefined,
  pointer: string,
  same: (theirs: string, ours: string) => boolean | undefined,
): readonly Comparison[] {
  const theirs = plain(said);
  if (!said || theirs === undefined || ours === undefined) return [];
  const answer = same(theirs, String(ours));
  return answer === undefined ? [] : [{ field, said, ours: String(ours), pointer, same: answer }];
}

function isOurTeam(theirs: string, claims: Claims): boolean {
  const names = [claims.owner?.team, ...(claims.owner?.repo_teams ?? [])];
  return names.some((name) => name !== undefined && isPerson(name) === isPerson(theirs) && sameTeam(theirs, name));
}

/** A digit from 1 to 4 with or without "tier" before it, or one of the mapped words. */
function sameTier(theirs: string, ours: string, tiers: Readonly<Record<string, string>>): boolean | undefined {
  const digit = /^(?:t|tier)?[\s_:-]*([1-4])$/i.exec(theirs)?.[1];
  const word = theirs.toLowerCase();
  const tier = digit ?? (Object.hasOwn(tiers, word) ? tiers[word] : undefined);
  return tier === undefined ? undefined : tier === ours;
}

/** Catalogues know three phases at most: before, in and after production. */
const PHASES: Readonly<Record<string, string>> = table({
  design: 'before',
  build: 'before',
  beta: 'before',
  live: 'live',
  sunset: 'after',
});

function sameStage(theirs: string, ours: string): boolean | undefined {
  const [one, other] = [PHASES[theirs.toLowerCase()], PHASES[ours]];
  return one === undefined || other === undefined ? undefined : one === other;
}
