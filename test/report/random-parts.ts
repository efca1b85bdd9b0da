/** What arbitrary reports are made of: text that means harm, days, paths and places. */
import fc from 'fast-check';
import type { Place } from '../../src/model.ts';
import { hostileText } from './hostile.ts';

const MARKUP = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  ']]>',
  '<!-- -->',
  '&amp;',
  '=cmd()',
  '+1',
  '-2+3',
  '@SUM(A1)',
  '| a | b |',
  '[x](javascript:alert(1))',
  '![x](https://attacker.lumenpay.io/p.png)',
  '# heading',
  '```',
  '@everyone #1 GH-1',
  '%0A::error::x',
  '"quoted", and; more',
  "it's",
  'a\u0000b',
  '\uFFFE\uFFFF',
  '# EOF',
  'ok 1 - x # SKIP',
];

/** Text from a repository that means harm in one format or another. */
export const openText: fc.Arbitrary<string> = fc.oneof(
  hostileText,
  fc.array(fc.oneof(fc.constantFrom(...MARKUP), fc.lorem({ maxCount: 3 })), { maxLength: 4 }).map((it) => it.join(' ')),
);

/** Hexadecimal digits. */
export const digits = (length: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...'0123456789abcdef'), { minLength: length, maxLength: length }).map((it) => it.join(''));

/** A day. */
export const day = fc
  .integer({ min: 0, max: 2000 })
  .map((it) => new Date(1_700_000_000_000 + it * 86_400_000).toISOString().slice(0, 10));

/** Paths as a listing has them: never absolute, never upwards, but any name. */
export const path = fc
  .array(
    fc.oneof(fc.constantFrom('src', 'docs', 'run books', 'a%20b', 'gonogo.yaml', 'ü', '#x', 'a?b', '日本'), openText),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  .map((parts) => parts.map((part) => part.replaceAll('/', '_')).filter((part) => part !== '' && !/^\.\.?$/.test(part)))
  .map((parts) => parts.join('/') || 'a');

/** A place as a report has it. */
export const place: fc.Arbitrary<Place> = fc
  .record(
    { path, line: fc.integer({ min: 1, max: 9999 }), column: fc.integer({ min: 1, max: 200 }), root: openText },
    { requiredKeys: ['path'] },
  )
  .map(({ column, ...rest }) => ({ ...rest, ...(rest.line !== undefined && column !== undefined && { column }) }));
