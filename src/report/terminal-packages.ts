/** What the service is built from: how much was checked, against what, and the packages that want something done. */
import type { PackageFlaw, PackageRow, PackagesReport, ServiceReport } from '../model.ts';
import { flow, type Lines, type Paint } from './layout.ts';
import type { Pen } from './pen.ts';
import { type Column, tableOf } from './terminal-table.ts';
import { counted } from './words.ts';

/** Rows shown unless all are asked for; the rest is counted, and all are in the JSON report. */
const SHOWN = 10;

/** The section; empty where nothing is locked. */
export function packages({ packages: its }: ServiceReport, pen: Pen): Lines {
  if (!its) return [];
  const shown = pen.verbose ? its.rows : its.rows.filter(({ scope }) => scope !== 'development').slice(0, SHOWN);
  const left = its.rows.length - shown.length;
  return [
    ...flow(pen.width, [
      { text: 'PACKAGES', paint: pen.strong },
      { text: total(its), gap: 2 },
    ]),
    ...flow(pen.width, [`advisory data: ${dataOf(its)}`], { indent: 2 }),
    ...flow(pen.width, [flaws(its)], { indent: 2 }),
    ...(its.lag ? flow(pen.width, [lagOf(its)], { indent: 2 }) : []),
    ...(shown.length === 0 ? [] : tableOf(shown, columnsFor(shown, pen), setting(pen))),
    ...(left > 0
      ? flow(pen.width, [{ text: `and ${left} more (--verbose lists all)`, paint: pen.dim }], { indent: 2 })
      : []),
  ];
}

function setting(pen: Pen): { width: number; indent: number; headPaint: Paint } {
  return { width: pen.width, indent: 2, headPaint: pen.dim };
}

function total({ lockfiles, packages: locked, direct, checked }: PackagesReport): string {
  const left = locked - checked;
  const unchecked = left === 0 ? '' : `, ${left} not checked`;
  return `${counted(lockfiles, 'lockfile')}, ${counted(locked, 'package')} (${direct} direct), ${checked} checked${unchecked}`;
}

function dataOf({ data }: PackagesReport): string {
  return data
    .map(({ ecosystem, asOf }) => `${ecosystem} ${asOf === undefined ? 'none' : asOf.slice(0, 10)}`)
    .join(', ');
}

/** "0 vulnerabilities" never stands without what it rests on, which is said in the same sentence. */
function flaws({
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

function lagOf({ lag }: PackagesReport): string {
  if (!lag) return '';
  return `behind: ${lag.libyears.toFixed(1)} libyears over ${counted(lag.known, 'direct package')}, at most ${counted(lag.majors, 'major')}, a patch out for at most ${counted(lag.patchDays, 'day')}`;
}

/** A column that no row fills is left out. */
function columnsFor(rows: readonly PackageRow[], pen: Pen): readonly Column<PackageRow>[] {
  const nothing = pen.signs.nothing;
  const all: readonly (Column<PackageRow> & { readonly filled?: (row: PackageRow) => boolean })[] = [
    { head: 'package', cell: ({ name }) => name },
    { head: 'locked', cell: ({ locked }) => locked },
    { head: 'patch', cell: ({ patch }) => patch ?? nothing, spare: 5, filled: ({ patch }) => patch !== undefined },
    { head: 'latest', cell: ({ latest }) => latest ?? nothing, spare: 4, filled: ({ latest }) => latest !== undefined },
    { head: 'behind', cell: ({ behind }) => behind ?? nothing, spare: 3, filled: ({ behind }) => behind !== undefined },
    {
      head: 'flaw',
      cell: ({ flaw }) => (flaw ? flawText(flaw) : nothing),
      paint: ({ flaw }) =>
        flaw?.state === 'overdue' || flaw?.state === 'malicious' ? pen.ruling.fail : pen.ruling.warn,
      filled: ({ flaw }) => flaw !== undefined,
    },
    { head: 'fix', cell: ({ fix }) => fix ?? nothing, spare: 1, filled: ({ fix }) => fix !== undefined },
    { head: 'how', cell: ({ how }) => how ?? nothing, spare: 6, filled: ({ how }) => how !== undefined },
  ];
  return all.filter(({ filled }) => filled === undefined || rows.some(filled));
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

function flawText({ id, weight, state, days = 0, more }: PackageFlaw): string {
  return `${id} ${weight === 'unknown' ? 'unrated' : weight}, ${STATES[state](days)}${more > 0 ? ` (+${more})` : ''}`;
}
