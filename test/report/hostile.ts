/** Text that a hostile repository might hold, and what must never be in a terminal's way. */
import fc from 'fast-check';
import type { Report } from '../../src/model.ts';
import { anyCharacter } from '../any-character.ts';

const FRAGMENTS = [
  '\u001B[2J\u001B[H',
  '\u001B]8;;https://attacker.lumenpay.io\u001B\\click\u001B]8;;\u001B\\',
  '\u001B]0;title\u0007',
  '\u009B31m',
  '\rGO',
  '\r\nGO',
  '\b\b\b',
  '\u202Egnp.exe',
  '\u2066\u2069',
  '\u200B\u200D\uFEFF',
  '\u{E0041}\u{E0042}',
  '\uD800',
  '\uDC00x',
  '\u0085\u2028\u2029',
  '\u3164\u115F',
  '::error file=a::b',
  '##[error]x',
  '##vso[task.complete]',
  'a\n::add-mask::x',
  '::::::::::',
  '漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字',
  'x'.repeat(200),
  'https://runbooks.lumenpay.io/a/very/long/address/that/nobody/can/break',
  '\t',
  ' ',
];

/** Arbitrary text with a liking for trouble. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(...FRAGMENTS),
      fc.string({ unit: anyCharacter, maxLength: 12 }),
      fc.lorem({ maxCount: 4 }),
    ),
    { maxLength: 5 },
  )
  .map((parts) => parts.join(''));

/** Fields that hold a word of a closed set or a date, which the schema and not the repository decides. */
const CLOSED = [
  ...['standing', 'ruling', 'severity', 'verdict', 'stage', 'profile', 'asOf', 'expires', 'direction', 'what'],
  ...['state', 'weight', 'namedBy', 'method'],
  'countsFrom',
];

/** The same report with every open string replaced, in turn, by texts of a list. */
export function poisoned<T = Report>(report: T, texts: readonly string[]): T {
  let turn = 0;
  const replace = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return CLOSED.includes(key) ? value : texts[turn++ % texts.length];
    if (Array.isArray(value)) return value.map((item) => replace(item, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, isReason(name, value) ? item : replace(item, name)]),
    );
  };
  return replace(report, '') as T;
}

/** Only the reason of something unread is a word of a closed set; that of a waiver is free text. */
function isReason(name: string, holder: object): boolean {
  return name === 'reason' && 'detail' in holder;
}

/** The text without the codes for colour that we write ourselves. */
export function withoutColour(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these codes are what is removed
  return text.replaceAll(/\u001B\[\d{1,3}(;\d{1,3})*m/g, '');
}

/** What must not be in a terminal's way: controls but the line end, what is invisible or reorders, commands of CI logs. */
export function offences(text: string): readonly string[] {
  const shown = withoutColour(text).replaceAll('\n', ' ');
  const hidden =
    shown.match(/\p{Cc}|\p{Cf}|\p{Cs}|\p{Zl}|\p{Zp}|\u115F|\u1160|\u3164|\uFFA0|[\u{E0100}-\u{E01EF}]/gu) ?? [];
  const commands = text.split('\n').filter((line) => /^\s*::|##(\[|vso\[|teamcity\[)/i.test(withoutColour(line)));
  return [...hidden.map((character) => `U+${character.codePointAt(0)?.toString(16)}`), ...commands];
}
