/** Constraints of Composer: `^`, `~`, wildcards, hyphens and comparisons, joined by commas or spaces, in alternatives. */
import { successor } from './digits.ts';
import { any, every, meets } from './operators.ts';
import { compareNormalised, isBranch, isUnstable, MODIFIER, normalise } from './packagist-versions.ts';

interface Comparison {
  readonly operator: string;
  /** Normalised. */
  readonly version: string;
}

const VERSION = String.raw`v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:\.(\d+))?(?:${MODIFIER}|\.([xX*][.-]?dev))(?:\+\S+)?`;
const TILDE = new RegExp(String.raw`^~${VERSION}$`, 'i');
const CARET = new RegExp(String.raw`^\^${VERSION}$`, 'i');
const HYPHEN = new RegExp(String.raw`^(${VERSION}) +- +(${VERSION})$`, 'i');
const WILDCARD = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:\.[xX*])+$/;
const ANY = /^(v)?[xX*](\.[xX*])*$/i;
const BASIC = /^(<>|!=|>=?|<=?|==?)?\s*(.*)/;
const AND = /(?<!^|as|[=>< ,]) *(?<!-)[, ](?!-) *(?!,|as|$)/;
const ENDS_IN_MODIFIER = new RegExp(String.raw`-${MODIFIER}$`);
const STABILITY_FLAG = /^([^,\s]*?)@(stable|RC|beta|alpha|dev)$/i;

export function meetsComposerConstraint(version: string, constraint: string): boolean | undefined {
  const groups = constraint.trim().split(/\s*\|\|?\s*/);
  return any(
    groups.map((group) => every(group.split(AND).map((one) => readConstraint(one)?.every((c) => holds(version, c))))),
  );
}

/** A branch is met by its own name, and by nothing that compares. */
function holds(version: string, { operator, version: asked }: Comparison): boolean {
  const branches = isBranch(version) || isBranch(asked);
  if (operator === '=' || operator === '==')
    return branches ? version === asked : compareNormalised(version, asked) === 0;
  if (operator === '!=' || operator === '<>') {
    return branches ? version !== asked : compareNormalised(version, asked) !== 0;
  }
  return !branches && meets(operator, compareNormalised(version, asked)) === true;
}

/** All of the comparisons have to hold; none for what is met by everything. */
function readConstraint(text: string): readonly Comparison[] | undefined {
  const [unaliased = text] = /^[^,\s]+(?= +as +[^,\s]+$)/.exec(text) ?? [];
  const [, name, flag] = STABILITY_FLAG.exec(unaliased) ?? [];
  const unflagged = name === undefined ? unaliased : name || '*';
  const plain = /^(dev-[^,\s@]+?|[^,\s@]+?\.x-dev)#.+$/i.exec(unflagged)?.[1] ?? unflagged;
  const whatever = ANY.exec(plain);
  if (whatever) return whatever[1] || whatever[2] ? [{ operator: '>=', version: '0.0.0.0-dev' }] : [];
  if (plain.startsWith('~>') && TILDE.test(plain.replace('~>', '~'))) return undefined;
  return (
    readTilde(plain) ??
    readCaret(plain) ??
    readWildcard(plain) ??
    readHyphen(plain) ??
    readBasic(plain, flag === 'stable' ? undefined : flag)
  );
}

type Found = readonly (string | undefined)[];

function between(low: string | undefined, high: string): readonly Comparison[] | undefined {
  if (low === undefined) return undefined;
  return [
    { operator: '>=', version: low },
    { operator: '<', version: high },
  ];
}

/** `~1.2` reaches up to 2.0, `~1.2.3` up to 1.3. */
function readTilde(text: string): readonly Comparison[] | undefined {
  const found = TILDE.exec(text);
  if (!found) return undefined;
  const given = found.slice(1, 5).findLastIndex((part) => part !== undefined) + 1 + (found[8] ? 1 : 0);
  return between(lowest(text.slice(1), found), raised(found, Math.max(1, given - 1)));
}

/** `^1.2.3` reaches up to 2.0, `^0.2.3` up to 0.3, `^0.0.3` up to 0.0.4. */
function readCaret(text: string): readonly Comparison[] | undefined {
  const found = CARET.exec(text);
  if (!found) return undefined;
  const [, major, minor, patch] = found;
  const second = minor !== '0' || patch === undefined ? 2 : 3;
  return between(lowest(text.slice(1), found), raised(found, major !== '0' || minor === undefined ? 1 : second));
}

/** Unstable versions of the bound count, unless it names a stability. */
function lowest(text: string, [, , , , , stability, , dev, branch]: Found): string | undefined {
  return normalise(stability || dev || branch ? text : `${text}-dev`);
}

function raised(found: Found, position: number): string {
  const parts = [1, 2, 3, 4].map((i) => (i > position ? '0' : (found[i] ?? '')));
  return `${parts.map((part, i) => (i + 1 === position ? successor(part) : part)).join('.')}-dev`;
}

function readWildcard(text: string): readonly Comparison[] | undefined {
  const found = WILDCARD.exec(text);
  if (!found) return undefined;
  const given = found.slice(1, 4).filter((part) => part !== undefined);
  const low = `${[...given, '0', '0', '0'].slice(0, 4).join('.')}-dev`;
  const high: Comparison = { operator: '<', version: raised(found, given.length) };
  return low === '0.0.0.0-dev' ? [high] : [{ operator: '>=', version: low }, high];
}

function readHyphen(text: string): readonly Comparison[] | undefined {
  const found = HYPHEN.exec(text);
  if (!found) return undefined;
  const [, from = '', , , , , stability, , dev, branch, to = '', ...upper] = found;
  const low = normalise(from);
  const high = normalise(to);
  if (low === undefined || high === undefined) return undefined;
  const lower: Comparison = { operator: '>=', version: stability || dev || branch ? low : `${low}-dev` };
  const [, minor, patch, , toStability, , toDev, toBranch] = upper;
  if ((minor && patch) || toStability || toDev || toBranch) return [lower, { operator: '<=', version: high }];
  return [lower, { operator: '<', version: raised([undefined, ...upper], minor ? 2 : 1) }];
}

function readBasic(text: string, flag: string | undefined): readonly Comparison[] | undefined {
  const [, operator = '=', rest = ''] = BASIC.exec(text) ?? [];
  const version =
    normalise(rest) ?? (/^[0-9a-z./-]+-dev$/i.test(rest) ? normalise(`dev-${rest.slice(0, -4)}`) : undefined);
  if (version === undefined) return undefined;
  return [{ operator, version: `${version}${suffix(operator, version, rest, flag)}` }];
}

/** What an unstable neighbour of the bound needs in order to fall on the right side of it. */
function suffix(operator: string, version: string, rest: string, flag: string | undefined): string {
  if (flag !== undefined && !operator.startsWith('=') && !isUnstable(version)) return `-${flag}`;
  if (operator !== '<' && operator !== '>=') return '';
  return ENDS_IN_MODIFIER.test(rest.toLowerCase()) || rest.startsWith('dev-') ? '' : '-dev';
}
