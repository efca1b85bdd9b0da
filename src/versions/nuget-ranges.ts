/** Version requirements of NuGet: intervals, minimums and floating versions. A floating version is met by what it floats over, though NuGet falls back to the next above where there is none. */
import { compareNuget, type NugetVersion, parseNuget } from './nuget-versions.ts';
import { compareParts } from './semver.ts';

interface Bound {
  readonly version: NugetVersion;
  readonly floats?: Floating;
}

/** What a floating version lets vary. */
interface Floating {
  /** Leading numbers that are fixed. */
  readonly fixed: number;
  /** How the labels of a prerelease begin; releases alone where it is absent. */
  readonly labels?: string;
}

interface Interval {
  readonly lowest?: Bound;
  readonly highest?: Bound;
  readonly withLowest: boolean;
  readonly withHighest: boolean;
}

export function meetsNugetRange(version: NugetVersion, requirement: string): boolean | undefined {
  const interval = readInterval(requirement.trim());
  if (interval === undefined) return undefined;
  const { lowest, highest, withLowest, withHighest } = interval;
  const toLowest = lowest ? compareNuget(version, lowest.version) : 1;
  const toHighest = highest ? compareNuget(version, highest.version) : -1;
  if (toLowest < 0 || toHighest > 0) return false;
  if ((toLowest === 0 && !withLowest) || (toHighest === 0 && !withHighest)) return false;
  return lowest?.floats === undefined || floatsOver(lowest.floats, lowest.version, version);
}

function readInterval(text: string): Interval | undefined {
  if (!/^[[(]/.test(text)) {
    const lowest = readLowest(text);
    return lowest && { lowest, withLowest: true, withHighest: false };
  }
  const withLowest = text.startsWith('[');
  const withHighest = text.endsWith(']');
  const pieces = text.slice(1, -1).split(',');
  if (!/[\])]$/.test(text) || text.length < 2 || pieces.length > 2 || pieces.every((piece) => piece === ''))
    return undefined;
  if (pieces.length === 1 && !(withLowest && withHighest)) return undefined;
  return readBounds(pieces[0] ?? '', pieces.at(-1) ?? '', withLowest, withHighest);
}

function readBounds(low: string, high: string, withLowest: boolean, withHighest: boolean): Interval | undefined {
  const lowest = low.trim() === '' ? undefined : readLowest(low);
  const version = high.trim() === '' ? undefined : parseNuget(high);
  if ((lowest === undefined && low.trim() !== '') || (version === undefined && high.trim() !== '')) return undefined;
  if (lowest !== undefined && version !== undefined) {
    const order = compareNuget(lowest.version, version);
    if (order > 0 || (order === 0 && withLowest !== withHighest)) return undefined;
  }
  return { ...(lowest && { lowest }), ...(version && { highest: { version } }), withLowest, withHighest };
}

function readLowest(text: string): Bound | undefined {
  if (!text.includes('*')) {
    const version = parseNuget(text);
    return version && { version };
  }
  if (text.includes('+') || !text.endsWith('*')) return undefined;
  if (text === '*-*') return bound('0.0.0-0', { fixed: 0, labels: '' });
  const stars = text.split('*').length - 1;
  const dash = text.indexOf('-');
  if (stars === 1) return dash < 0 ? readFloatingNumber(text) : readFloatingLabel(text);
  if (stars > 2 || dash < 1 || text.indexOf('*') !== dash - 1) return undefined;
  return readFloatingBoth(`${text.slice(0, dash - 1)}0`, text.slice(dash + 1, -1));
}

function bound(text: string, floats: Floating | undefined): Bound | undefined {
  const version = parseNuget(text);
  return version && { version, ...(floats && { floats }) };
}

/** `1.2.*`; of `1*` only the minimum is left, 10. */
function readFloatingNumber(text: string): Bound | undefined {
  const fixed = text.split('.').length - 1;
  return bound(`${text.slice(0, -1)}0`, fixed > 0 || text === '*' ? { fixed } : undefined);
}

/** `1.2.3-beta*`. */
function readFloatingLabel(text: string): Bound | undefined {
  const start = text.slice(0, -1);
  if (text.indexOf('-') !== text.lastIndexOf('-')) {
    return bound(start, { fixed: 4, labels: start.slice(start.indexOf('-') + 1) });
  }
  const labels = start.slice(start.indexOf('-') + 1);
  return bound(labels === '' || labels.endsWith('.') ? `${start}0` : start, { fixed: 4, labels });
}

/** `1.*-beta*`. */
function readFloatingBoth(numbers: string, labels: string): Bound | undefined {
  const least = labels === '' || labels.endsWith('.') ? `${labels}0` : labels;
  return bound(`${numbers}-${least}`, { fixed: numbers.split('.').length - 1, labels });
}

function floatsOver({ fixed, labels }: Floating, from: NugetVersion, version: NugetVersion): boolean {
  if (compareParts(firstOf(from, fixed), firstOf(version, fixed)) !== 0) return false;
  if (version.labels.length === 0) return true;
  return labels !== undefined && version.labels.join('.').toUpperCase().startsWith(labels.toUpperCase());
}

function firstOf({ parts }: NugetVersion, count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => parts[i] ?? '0');
}
