/** What is said of packages, the same in every human format. Pure. */
import type { PackageFlaw, PackagesLag, PackagesReport } from '../model.ts';
import { counted } from './words.ts';

/** How many are locked, and how many of them were checked. */
export function packageCounts({ lockfiles, packages: locked, direct, checked }: PackagesReport): string {
  const left = locked - checked;
  const unchecked = left === 0 ? '' : `, ${left} not checked`;
  return `${counted(lockfiles, 'lockfile')}, ${counted(locked, 'package')} (${direct} direct), ${checked} checked${unchecked}`;
}

/** The day of the advisories of each ecosystem. */
export function advisoryData({ data }: PackagesReport): string {
  return data
    .map(({ ecosystem, asOf }) => `${ecosystem} ${asOf === undefined ? 'none' : asOf.slice(0, 10)}`)
    .join(', ');
}

/** "0 vulnerabilities" never stands without what it rests on, which is said in the same sentence. */
export function vulnerabilityWords({
  open,
  overdue,
  exploited,
  malicious,
  development,
  excepted,
  checked,
  packages: locked,
}: PackagesReport): string {
  if (checked === 0) return 'vulnerabilities: unknown, because no package was checked';
  const inAll = (it: Readonly<Record<string, number>>): number => Object.values(it).reduce((a, b) => a + b, 0);
  const counts = [
    ...(malicious > 0 ? [`${malicious} malicious`] : []),
    ...(exploited > 0 ? [`${exploited} known to be exploited`] : []),
    `${inAll(overdue)} past the deadline`,
    ...(development > 0 ? [`${development} in development packages`] : []),
    ...(excepted > 0 ? [`${excepted} excepted`] : []),
  ];
  const found = counted(inAll(open), 'vulnerability', 'vulnerabilities');
  return `${found} in ${checked} of ${counted(locked, 'package')}: ${counts.join(', ')}`;
}

/** How far direct packages are behind. */
export function lagWords(lag: PackagesLag): string {
  return `behind: ${lag.libyears.toFixed(1)} libyears over ${counted(lag.known, 'direct package')}, at most ${counted(lag.majors, 'major')}, a patch out for at most ${counted(lag.patchDays, 'day')}`;
}

const STATES: Readonly<Record<PackageFlaw['state'], (days: number) => string>> = {
  malicious: () => 'malicious',
  overdue: (days) => `${days} d over`,
  due: (days) => `due in ${days} d`,
  open: () => 'no deadline',
  'no-fix': () => 'no fix',
  uncertain: () => 'uncertain',
  excepted: () => 'excepted',
};

/** The worst flaw of a version, and how many more it has. */
export function flawWords({ id, weight, state, days = 0, more }: PackageFlaw): string {
  return `${id} ${weight === 'unknown' ? 'unrated' : weight}, ${STATES[state](days)}${more > 0 ? ` (+${more})` : ''}`;
}
