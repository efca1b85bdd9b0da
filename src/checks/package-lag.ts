/** How far the direct production packages of a service are behind, and the answers of the rules that ask so. */
import { days } from '../dates.ts';
import type { Released, Facts as Releases } from '../evidence/releases.ts';
import type { Updater } from '../evidence/updaters/updater.ts';
import type { Claims } from '../manifest/manifest.ts';
import type { Assessment, Problem } from '../model.ts';
import { type Lag, lagOf } from '../releases/lag.ts';
import { orderOf } from '../versions/orders.ts';
import { stepBetween } from '../versions/step.ts';
import { contradicted, notApplicable, unknown, verified } from './define.ts';
import { isProduction } from './open-vulnerabilities.ts';
import { counted, shortened } from './words.ts';

/** Days for which a release is left to others, where nobody says otherwise. */
const COOLDOWN = 7;

/** The cooldown in days: the manifest's, else the longest of the updaters'. Who waits for others is not behind. */
export function cooldownOf(claims: Claims, updaters: readonly Updater[]): number {
  const said = updaters.flatMap(({ cooldown }) => cooldown ?? []);
  return days(claims.packages?.cooldown ?? '') ?? (said.length === 0 ? COOLDOWN : Math.max(...said));
}

/** One package and its lag. */
export interface Lagging extends Released {
  readonly lag: Lag;
}

/** The lag of every direct production package whose releases are known. */
export function lagsOf({ known }: Releases, asOf: string, cooldown: number): readonly Lagging[] {
  return known.filter(isProduction).map((it) => {
    const { ecosystem, version } = it.concerned;
    const setting = { ecosystem, order: orderOf(ecosystem), stepBetween, asOf, cooldown };
    return { ...it, lag: lagOf(version, it.releases, setting) };
  });
}

/** Nothing behind is "verified" only where the releases of every direct package are known. */
export function lagAnswer(
  facts: Releases,
  problems: readonly Problem[],
  words: { late: string; clean: string },
): Assessment {
  if (facts.direct === 0) return notApplicable('no direct package from a registry is locked here');
  const evidence = facts.files.slice(0, 10);
  const basis = `releases of ${facts.known.length} of ${counted(facts.direct, 'direct package')} known`;
  if (problems.length > 0) return contradicted(`${words.late}; ${basis}`, problems, { evidence });
  const told = { evidence, problems: wayOut(facts) };
  if (facts.known.length === 0) return unknown(`${basis}: ${reasons(facts)}`, told);
  if (facts.unknown.length > 0) return unknown(`${words.clean}, as far as is known; ${basis}: ${reasons(facts)}`, told);
  return verified(`${words.clean}; ${basis}`, evidence);
}

/** Registries alone know what is newer than what is locked. */
function wayOut({ known }: Releases): readonly Problem[] {
  if (known.length > 0) return [];
  const fix = 'Run with --online, which asks them about packages that are known to be public.';
  return [{ message: 'no registry was asked what is newer', fix, subject: 'registries' }];
}

function reasons({ unknown: left }: Releases): string {
  return shortened(
    left.map(({ say, count }) => `${say} (${count})`),
    3,
  );
}
