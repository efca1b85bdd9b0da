/** Packages that advisories cannot be looked up for: what no lockfile fixes, what is fixed by a commit, and what could not be read. */
import type { Place } from '../../model.ts';
import type { Ecosystem } from '../../versions/order.ts';
import type { Gap } from '../lockfiles/locked.ts';
import type { Lockfile, Facts as Locks } from '../lockfiles.ts';
import type { Unchecked } from './match.ts';
import type { WholeList } from './reported.ts';

/** Gaps that a list of all packages closes, whoever made it. */
const LISTABLE: readonly Gap['kind'][] = ['no-lockfile', 'managed-elsewhere', 'incomplete'];

/** Of one ecosystem, a reason for each file; a package that is the project's own is none. `list` is said to be whole. */
export function uncheckedIn(
  ecosystem: Ecosystem,
  { lockfiles, manifests }: Pick<Locks, 'lockfiles' | 'manifests'>,
  list: WholeList | undefined,
): readonly Unchecked[] {
  const isIts = (it: { readonly ecosystem: Ecosystem }): boolean => it.ecosystem === ecosystem;
  return [
    ...lockfiles.filter(isIts).flatMap((it) => ofLockfile(it, list)),
    ...manifests.filter(isIts).flatMap(({ at, gap }) => (gap ? [ofGap(gap, at, list)] : [])),
  ];
}

function ofLockfile({ path, packages, gaps }: Lockfile, list: WholeList | undefined): readonly Unchecked[] {
  const elsewhere = packages.filter(({ source }) => source === 'git' || source === 'url' || source === 'unknown');
  const versionless = packages.filter(({ source, version }) => source === 'registry' && version === undefined);
  const counted = (some: readonly { readonly line: number }[], say: string): readonly Unchecked[] =>
    some[0] ? [{ count: some.length, say, at: { path, line: some[0].line } }] : [];
  return [
    ...counted(elsewhere, 'fixed by a commit or an address'),
    ...counted(versionless, 'without a version'),
    ...gaps.map((gap) => ofGap(gap, { path, ...(gap.line !== undefined && { line: gap.line }) }, list)),
  ];
}

function ofGap({ kind, count, say }: Gap, at: Place, list: WholeList | undefined): Unchecked {
  const insteadBy = list && { at: list.report.at, ...(list.made !== undefined && { made: list.made }) };
  return { count, say, at, ...(insteadBy && LISTABLE.includes(kind) && { insteadBy }) };
}
