/** Matches sorted by what a rule does with them. Pure; which severities and scopes a rule asks for is its own business. */
import { isVulnerability as isFlaw } from '../advisories/match.ts';
import type { Match } from '../evidence/advisories/match.ts';
import { type Exception, exceptionFor } from '../evidence/scan-reports/exceptions/exception.ts';

/** Whether a match is about a flaw or malice, rather than about how a package is kept. */
export function isVulnerability({ advisory }: Pick<Match, 'advisory'>): boolean {
  return isFlaw(advisory);
}

/** Whether a package runs in production, or may: what nothing tells about counts. */
export function isProduction({ concerned: { scope } }: Pick<Match, 'concerned'>): boolean {
  return scope !== 'development';
}

/** Matches that an agreed exception covers on a day, and those that none does. */
export function withoutExcepted(
  matches: readonly Match[],
  exceptions: readonly Exception[],
  asOf: string,
): { readonly open: readonly Match[]; readonly excepted: readonly Match[] } {
  const excepted = matches.filter(
    ({ advisory, concerned }) =>
      exceptionFor(advisory.id, advisory.aliases, concerned.name, exceptions, asOf, concerned.version) !== undefined,
  );
  return { open: matches.filter((it) => !excepted.includes(it)), excepted };
}
