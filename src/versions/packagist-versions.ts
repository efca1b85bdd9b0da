/** Versions of Composer: normalised to four numbers and a stability, then in the order of PHP's `version_compare`. */
import { atMost, compareDigits, compareLists, compareText, isDigits } from './digits.ts';

/** Stability, its number, and `-dev`, as they may follow the numbers of a version: three groups. */
export const MODIFIER = String.raw`[._-]?(?:(stable|beta|b|RC|alpha|a|patch|pl|p)(\d*(?:[.-]\d+)*))?([.-]?dev)?`;

const ALIASED = /^([^,\s]+) +as +[^,\s]+$/;
const FLAG = /@(?:stable|RC|beta|alpha|dev)$/i;
const BUILD = /^([^,\s+]+)\+\S+$/;
const CLASSICAL = new RegExp(String.raw`^v?(\d{1,5})(\.\d+)?(\.\d+)?(\.\d+)?${MODIFIER}$`, 'i');
const DATED = new RegExp(String.raw`^v?(\d{4}(?:[.:-]?\d{2}){1,6}(?:[.:-]?\d{1,3}){0,2})${MODIFIER}$`, 'i');
const BRANCH = /^v?(\d+)(\.(?:\d+|[xX*]))?(\.(?:\d+|[xX*]))?(\.(?:\d+|[xX*]))?$/i;
const STABILITIES: ReadonlyMap<string, string> = new Map([
  ['a', 'alpha'],
  ['b', 'beta'],
  ['p', 'patch'],
  ['pl', 'patch'],
  ['rc', 'RC'],
]);
/** What PHP knows, from the oldest; anything else is older still. Numbers come after the end of a version, patches after numbers. */
const RANKS: ReadonlyMap<string, number> = new Map([
  ['dev', 0],
  ['alpha', 1],
  ['beta', 2],
  ['RC', 3],
  ['rc', 3],
  ['patch', 6],
]);
const END = '';
const LARGEST_NUMBER = '9223372036854775807';

/** The one spelling that stands for all of a version; undefined where Composer refuses it. */
export function normalise(text: string): string | undefined {
  const version = bare(text.replace(/^[ \t\n\v\r]+|[ \t\n\v\r]+$/g, ''));
  if (/^dev-/i.test(version)) return `dev-${version.slice(4)}`;
  const plain = BUILD.exec(version)?.[1] ?? version;
  return normaliseClassical(plain) ?? normaliseDated(plain) ?? normaliseBranch(plain);
}

/** Without alias and stability flag; the names of default branches as branches. */
function bare(text: string): string {
  const version = (ALIASED.exec(text)?.[1] ?? text).replace(FLAG, '');
  return ['master', 'trunk', 'default'].includes(version) ? `dev-${version}` : version;
}

function normaliseClassical(text: string): string | undefined {
  const [, major, minor, patch, fourth, stability, number, dev] = CLASSICAL.exec(text) ?? [];
  if (major === undefined) return undefined;
  return withModifier(`${major}${minor ?? '.0'}${patch ?? '.0'}${fourth ?? '.0'}`, stability, number, dev);
}

function normaliseDated(text: string): string | undefined {
  const [, date, stability, number, dev] = DATED.exec(text) ?? [];
  return date === undefined ? undefined : withModifier(date.replace(/\D/g, '.'), stability, number, dev);
}

function withModifier(numbers: string, stability = '', number = '', dev = ''): string {
  if (stability === 'stable') return numbers;
  const word = stability.toLowerCase();
  const suffix = word === '' ? '' : `-${STABILITIES.get(word) ?? word}${number.replace(/^[.-]+/, '')}`;
  return `${numbers}${suffix}${dev === '' ? '' : '-dev'}`;
}

/** `1.x-dev` is above every 1.* that there is. */
function normaliseBranch(text: string): string | undefined {
  const name = /^(.*?)[.-]?dev$/i.exec(text)?.[1]?.trim();
  const [found, ...parts] = BRANCH.exec(name ?? '') ?? [];
  if (found === undefined) return undefined;
  return `${parts.map((part) => (part ?? '.x').replace(/[xX*]/, '9999999')).join('')}-dev`;
}

export function isBranch(normalised: string): boolean {
  return normalised.startsWith('dev-');
}

/** Whether it is less than stable, as every branch is. */
export function isUnstable(normalised: string): boolean {
  return isBranch(normalised) || /-(?:dev|alpha|beta|RC)/.test(normalised);
}

export function compareNormalised(a: string, b: string): number {
  if (isBranch(a) || isBranch(b)) return Number(isBranch(b)) - Number(isBranch(a)) || compareText(a, b);
  return compareLists(tokens(a), tokens(b), compareTokens, END);
}

function tokens(normalised: string): readonly string[] {
  return normalised.match(/\d+|[A-Za-z]+/g) ?? [];
}

function compareTokens(a: string, b: string): number {
  if (isDigits(a) && isDigits(b)) return compareDigits(clamp(a), clamp(b));
  return rank(a) - rank(b);
}

/** PHP reads no larger number. */
function clamp(digits: string): string {
  return atMost(digits, LARGEST_NUMBER) ? digits : LARGEST_NUMBER;
}

function rank(token: string): number {
  if (token === END) return 4;
  return isDigits(token) ? 5 : (RANKS.get(token) ?? -1);
}
