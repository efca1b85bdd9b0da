/** A pattern that is not tried because of how a line begins would not have matched it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACTIONS } from '../../src/evidence/pipelines/actions.ts';
import { mayBegin } from '../../src/evidence/pipelines/beginnings.ts';
import { COMMANDS } from '../../src/evidence/pipelines/commands.ts';

/** What a pattern asks of the surroundings; the generator of matching texts knows no such thing. */
const LOOK = /\\b|\(\?[!=](?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)/g;

const patterns = [
  ...COMMANDS.filter(([, , , begins]) => begins === undefined).map(([, , pattern]) => pattern),
  ...ACTIONS.map(([, , pattern]) => pattern),
];

describe('the beginning of a line', () => {
  it.each(patterns.map((pattern) => [pattern.source, pattern]))('is spelled out by %s', (_, pattern) => {
    const matching = fc.stringMatching(new RegExp(pattern.source.replace(LOOK, '')));
    fc.assert(
      fc.property(matching, (line) => {
        expect(mayBegin(pattern, line)).toBe(true);
        expect(mayBegin(pattern, line.toUpperCase())).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('rules out what is not there', () => {
    expect(mayBegin(/^(?:helm(?:3)?|kubectl) (?:upgrade|apply)/, 'terraform apply')).toBe(false);
    expect(mayBegin(/^(?:helm(?:3)?|kubectl) (?:upgrade|apply)/, 'helm3 upgrade')).toBe(true);
  });
});
