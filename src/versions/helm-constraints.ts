/** Constraints of Helm's SemVer library: alternatives of conditions, with wildcards, ranges, `~` and `^`. */
import { compareFirst, parseHelm } from './helm-versions.ts';
import { meets } from './operators.ts';
import { comparePrerelease, compareSemver, type Semver } from './semver.ts';

interface Condition {
  readonly operator: string;
  readonly asked: Semver;
  /** How many parts it gives, none where it stands for any version. */
  readonly given: 0 | 1 | 2 | 3;
}

const PARTIAL = String.raw`v?([0-9|xX*]+)(?:\.([0-9|xX*]+))?(?:\.([0-9|xX*]+))?(-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?`;
const OPERATOR = String.raw`!=|>=|=>|<=|=<|~>|[=<>~^]`;
const CONDITION = new RegExp(String.raw`^(${OPERATOR}|)\s*${PARTIAL}$`);
const WHOLE = new RegExp(
  String.raw`^\s*(?:${OPERATOR}|)\s*${PARTIAL}(?:(?:\s+|\s*,\s*)(?:${OPERATOR}|)\s*${PARTIAL})*\s*$`,
);
const EACH = new RegExp(String.raw`(?:${OPERATOR}|)\s*${PARTIAL}`, 'g');
const HYPHEN = new RegExp(String.raw`\s*(${PARTIAL})\s+-\s+(${PARTIAL})\s*`, 'g');

/** A prerelease meets only a group in which some condition asks for one. */
export function meetsHelmConstraint(version: Semver, constraint: string): boolean | undefined {
  const groups = constraint
    .replace(HYPHEN, (_, low: string, ...rest: string[]) => `>= ${low}, <= ${rest[4]} `)
    .split('||')
    .map(readGroup);
  const known = groups.filter((group) => group !== undefined);
  if (known.length < groups.length) return undefined;
  return known.some((group) => {
    const asksForPrerelease = group.some(({ asked }) => asked.pre.length > 0);
    return (version.pre.length === 0 || asksForPrerelease) && group.every((one) => holds(one, version));
  });
}

function readGroup(text: string): readonly Condition[] | undefined {
  if (text.trim() === '') return text === '' ? [] : undefined;
  if (!WHOLE.test(text)) return undefined;
  const conditions = (text.match(EACH) ?? []).map((one) => readCondition(one.trim()));
  const known = conditions.filter((condition) => condition !== undefined);
  return known.length < conditions.length ? undefined : known;
}

function readCondition(text: string): Condition | undefined {
  const [, operator = '', major = '', minor, patch, pre = ''] = CONDITION.exec(text) ?? [];
  const parts = [major, minor, patch];
  const wildcard = parts.findIndex((part) => part === undefined || /^[xX*]$/.test(part));
  const given = wildcard < 0 ? 3 : wildcard;
  const asked = parseHelm(`${[...parts.slice(0, given), '0', '0', '0'].slice(0, 3).join('.')}${pre}`);
  return asked && { operator, asked, given: given as Condition['given'] };
}

function holds(condition: Condition, version: Semver): boolean {
  const { operator, asked, given } = condition;
  const order = compareSemver(version, asked);
  switch (operator) {
    case '':
    case '=':
      return given === 3 ? order === 0 : isApproximately(condition, version);
    case '~':
    case '~>':
      return isApproximately(condition, version);
    case '^':
      return order >= 0 && isWithinCaret(condition, version);
    case '!=':
      return given === 1 || given === 2 ? !isOneOf(condition, version) : order !== 0;
    case '>':
      return given === 1 || given === 2 ? compareFirst(version, asked, given) > 0 : order > 0;
    case '<=':
    case '=<':
      return given === 3 ? order <= 0 : compareFirst(version, asked, given || 2) <= 0;
    default:
      return meets(operator, order) === true;
  }
}

/** `~1.2.3` and `~1.2` stay below 1.3.0, `~1` below 2.0.0. `~0.0.0` is met by everything above. */
function isApproximately({ asked, given }: Condition, version: Semver): boolean {
  if (compareSemver(version, asked) < 0) return false;
  const isZero = asked.parts.every((part) => /^0+$/.test(part));
  if (given === 0 || (given === 3 && isZero)) return true;
  return compareFirst(version, asked, Math.min(given, 2)) === 0;
}

/** Up to the first part that is not zero. */
function isWithinCaret({ asked, given }: Condition, version: Semver): boolean {
  const first = asked.parts.findIndex((part) => !/^0+$/.test(part));
  const last = given === 0 ? 3 : given;
  return compareFirst(version, asked, first < 0 ? last : Math.min(first + 1, last)) === 0;
}

function isOneOf({ asked, given }: Condition, version: Semver): boolean {
  if (compareFirst(version, asked, given) !== 0) return false;
  return given !== 2 || comparePrerelease(version.pre, asked.pre) === 0;
}
