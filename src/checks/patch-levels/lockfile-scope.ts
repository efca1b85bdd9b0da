/** Words about which lockfiles and manifests were looked at, and what was not. */
import type { Facts, Lockfile } from '../../evidence/lockfiles.ts';
import type { Place } from '../../model.ts';
import { counted, listed } from '../words.ts';

/** "; 3 files are set aside (2 in tests, 1 in documentation)", or nothing. */
export function asideWords({ setAside }: Pick<Facts, 'setAside'>): string {
  if (setAside.length === 0) return '';
  const files = setAside.reduce((sum, { count }) => sum + count, 0);
  const reasons = listed(setAside.map(({ because, count }) => `${count} ${because}`));
  return `; ${counted(files, 'file is', 'files are')} set aside (${reasons})`;
}

/** Where a lockfile is. */
export function placeOfLock({ path }: Pick<Lockfile, 'path'>): Place {
  return { path };
}

/** Why a lockfile says nothing at all; undefined where it does. */
export function unreadBecause({ packages, elsewhere, gaps }: Lockfile): string | undefined {
  if (packages.length + elsewhere > 0) return undefined;
  return gaps.find(({ kind }) => kind === 'unparsed')?.say;
}
