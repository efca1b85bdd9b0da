/** What a version means as somebody wrote it: exact, a line of releases, a range, a minimum, or whatever is newest. Pure; never throws. */
import { cycleOf, productNamed } from '../../lifecycles/cycle.ts';
import { releasesOf, type Span, spansOfRange } from '../../lifecycles/span.ts';
import type { Meaning } from './stated.ts';

/** Whose way of writing it is. `exact`: version managers, where a number alone is that line; `minimum`: a number alone is the least. */
export type Dialect = 'exact' | 'npm' | 'pep440' | 'poetry' | 'gem' | 'composer' | 'minimum';

const MOVING = /^(lts(\/\*|\/-\d+)?|latest([/:].*)?|stable|current|node|nightly|beta|main|default|\*|x)$/i;
/** What may stand before the number: `v`, `go1.22`, `python-3.11.4`, `temurin-17`, `lts/iron`. */
const BEFORE =
  /^(?:v|go|lts\/|(?:python|ruby|temurin|corretto|openjdk|zulu|adoptopenjdk|microsoft|oracle|liberica|amazon-corretto)-(?:jre-)?)(?=[\da-z])/i;
const JAVA = new Set(['temurin', 'corretto', 'openjdk', 'zulu', 'microsoft-openjdk', 'redhat-openjdk']);

/** The meaning of what is written about a product. */
export function meaningOf(product: string, written: string, dialect: Dialect): Meaning {
  const text = written.trim().slice(0, 200);
  if (text === '' || /[${}]/.test(text)) return OPEN;
  // Their names are no numbers: nodejs22.x.
  if (product === 'aws-lambda') return { says: 'version', version: text.toLowerCase(), spans: [] };
  if (dialect === 'minimum') return minimumOf(product, text);
  const isRange = /[<>=~^|,*\s]|\.x$/i.test(text);
  const range = isRange || dialect !== 'exact' ? rangeOf(product, text, dialect) : undefined;
  return range ?? exactOf(product, text);
}

const OPEN: Meaning = { says: 'open', spans: [] };

function minimumOf(product: string, text: string): Meaning {
  const number = numberIn(product, text);
  return number === undefined ? OPEN : { says: 'minimum', spans: [{ from: number }] };
}

function exactOf(product: string, text: string): Meaning {
  const bare = text.replace(/^={1,3}\s*/, '').replace(BEFORE, '');
  const codename = new Map(Object.entries(productNamed(product)?.codenames ?? {})).get(bare.toLowerCase());
  if (codename !== undefined) return version(codename);
  if (MOVING.test(bare)) return { says: 'moving', spans: [] };
  const number = numberIn(product, bare);
  return number === undefined ? OPEN : version(number);
}

/** Of `3.2.2p53`, `17.0.9+9`, `8u392`, `17.0.9-tem`; Java 1.8 is 8. */
function numberIn(product: string, text: string): string | undefined {
  const [, number] = /^(?:go|v)?(\d+(?:\.\d+)*)(?:[-+_.].*|p\d+|u\d+.*|(?:a|b|rc)\d+)?$/i.exec(text) ?? [];
  return JAVA.has(product) ? number?.replace(/^1\.(?=[5-8](\.|$))/, '') : number;
}

function version(number: string): Meaning {
  return { says: 'version', version: number, spans: [releasesOf(number)] };
}

/** In the way npm writes it, whoever wrote it. */
function rangeOf(product: string, text: string, dialect: Dialect): Meaning | undefined {
  const spans = spansOfRange(asNpm(text, dialect));
  if (spans === undefined || spans.length === 0) return undefined;
  const [first] = spans;
  if (spans.some(({ below }) => below === undefined))
    return { says: first?.from === '0' ? 'moving' : 'minimum', spans };
  const line = first && spans.length === 1 ? lineOf(product, first) : undefined;
  return line === undefined ? { says: 'range', spans } : { says: 'version', version: line, spans };
}

function asNpm(text: string, dialect: Dialect): string {
  switch (dialect) {
    case 'pep440':
      return conjunction(text).replace(/~=\s*(\d+(?:\.\d+)*)/g, (_, it: string) => upTo(it));
    case 'gem':
      return conjunction(text).replace(/~>\s*(\d+(?:\.\d+)*)/g, (_, it: string) => upTo(it));
    case 'composer':
      return text
        .replace(/\s*\|{1,2}\s*/g, ' || ')
        .replace(/,/g, ' ')
        .replace(/~(\d+(?:\.\d+)*)/g, (_, it: string) => upTo(it));
    case 'poetry':
      return conjunction(text);
    default:
      return text;
  }
}

/** Parts that all have to hold, without exclusions, which leave the line of releases as it is. */
function conjunction(text: string): string {
  return text
    .split(',')
    .filter((part) => !part.trim().startsWith('!='))
    .join(' ')
    .replace(/={2,3}/g, '=');
}

/** `~> 3.2` is 3.2 or later below 4; `~> 3.2.1` is below 3.3. */
function upTo(version: string): string {
  const parts = version.split('.');
  const limit = releasesOf(parts.slice(0, Math.max(1, parts.length - 1)).join('.')).below;
  return `>=${version} <${limit}`;
}

/** The one release cycle that a span lies in up to its end, e.g. 20 for from 20.9.0 below 21.0.0, or the one release that it is. */
function lineOf(product: string, { from, below }: Span): string | undefined {
  const parts = padded(from).split('.');
  const known = productNamed(product);
  return [3, 2, 1]
    .map((count) => parts.slice(0, count).join('.'))
    .filter((line) => padded(releasesOf(line).below) === padded(below))
    .find((line) => known !== undefined && cycleOf(known, line).is !== 'several');
}

function padded(version = ''): string {
  return [...version.split('.'), '0', '0'].slice(0, 3).join('.');
}
