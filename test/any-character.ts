/** Any character of Unicode but half surrogates, as fast-check's unit `binary` has them, without its table of a million entries that takes a second to build. */
import fc from 'fast-check';

const BEFORE_SURROGATES = 0xd800;
const SURROGATES = 0x800;

/** A unit for `fc.string`. Told apart from other text by its inverse, so that fast-check adds words such as `__proto__` as it does elsewhere. */
export const anyCharacter: fc.Arbitrary<string> = fc.nat(0x10ffff - SURROGATES).map(
  (index) => String.fromCodePoint(index < BEFORE_SURROGATES ? index : index + SURROGATES),
  (character) => {
    const [only, ...others] = typeof character === 'string' ? character : '';
    const code = only?.codePointAt(0);
    if (code === undefined || others.length > 0) throw new Error('not one character');
    return code < BEFORE_SURROGATES ? code : code - SURROGATES;
  },
);
