/** Versions of Debian's packages and the relations of dpkg, for packages of an image; no registry of libraries uses them. */
import { defineOrder } from './define-order.ts';
import { atMost, compareDigits } from './digits.ts';

interface DebianVersion {
  readonly epoch: string;
  readonly upstream: string;
  readonly revision: string;
}

const LARGEST_EPOCH = '2147483647';
const RELATION = /^\s*(<<|<=|=|>=|>>)\s*(\S+)\s*$/;

export const debian = defineOrder<DebianVersion>({
  parse: readVersion,
  compare: compareVersions,
  isPrerelease: ({ upstream }) => upstream.includes('~'),
  satisfies(version, requirement) {
    const [, operator = '', text = ''] = RELATION.exec(requirement) ?? [];
    const asked = readVersion(text);
    return asked && holds(operator, compareVersions(version, asked));
  },
});

function readVersion(text: string): DebianVersion | undefined {
  const version = text.replace(/^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$/g, '');
  const colon = version.indexOf(':');
  const epoch = colon < 0 ? '0' : version.slice(0, colon);
  const rest = version.slice(colon + 1);
  const dash = rest.lastIndexOf('-');
  const upstream = dash < 0 ? rest : rest.slice(0, dash);
  const revision = dash < 0 ? '' : rest.slice(dash + 1);
  if (!/^[0-9]+$/.test(epoch) || !atMost(epoch, LARGEST_EPOCH)) return undefined;
  if (!/^[0-9][0-9A-Za-z.+~:-]*$/.test(upstream)) return undefined;
  if (dash >= 0 && !/^[0-9A-Za-z.+~]+$/.test(revision)) return undefined;
  return { epoch, upstream, revision };
}

function compareVersions(a: DebianVersion, b: DebianVersion): number {
  return compareDigits(a.epoch, b.epoch) || compareRuns(a.upstream, b.upstream) || compareRuns(a.revision, b.revision);
}

/** Runs of other characters and runs of digits, in turn. */
function compareRuns(a: string, b: string): number {
  const left = runs(a);
  const right = runs(b);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const [one = '', other = ''] = [left[i], right[i]];
    const order = i % 2 === 0 ? compareCharacters(one, other) : compareDigits(one || '0', other || '0');
    if (order !== 0) return order;
  }
  return 0;
}

function runs(text: string): readonly string[] {
  const found = text.match(/[0-9]+|[^0-9]+/g) ?? [];
  return /^[0-9]/.test(text) ? ['', ...found] : found;
}

function compareCharacters(a: string, b: string): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const order = weight(a, i) - weight(b, i);
    if (order !== 0) return order;
  }
  return 0;
}

/** `~` is before the end, letters after it, and everything else after the letters. */
function weight(text: string, at: number): number {
  const character = text[at];
  if (character === undefined) return 0;
  if (character === '~') return -1;
  return /[A-Za-z]/.test(character) ? character.charCodeAt(0) : character.charCodeAt(0) + 256;
}

function holds(operator: string, order: number): boolean {
  switch (operator) {
    case '<<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '=':
      return order === 0;
    case '>=':
      return order >= 0;
    default:
      return order > 0;
  }
}
