/** One letter for everything that the verdict can make of a rule, and back. */
import { describe, expect, it } from 'vitest';
import type { Proof, Ruling, Severity, Standing } from '../../src/model.ts';
import { letterOf, markOf, NOT_JUDGED } from '../../src/store/letters.ts';
import { type FailOn, ruleOn, TABLE } from '../../src/verdict/policy.ts';

const SEVERITIES = ['critical', 'major', 'standard'] as const;
const BARS: readonly FailOn[] = ['critical', 'major', 'standard', 'none'];
const PROOFS: readonly Proof[] = ['optional', 'required'];
const STANDINGS = Object.keys(TABLE.critical) as readonly Standing[];
const RULINGS: readonly Ruling[] = ['pass', 'trust', 'warn', 'fail', 'waived', 'skip'];

/** Everything that `judge` can answer: the table under every bar, a waiver over what fails, and a day from which a fail counts. */
const EXISTING = new Set(
  SEVERITIES.flatMap((severity) =>
    STANDINGS.flatMap((standing) =>
      BARS.flatMap((bar) =>
        PROOFS.flatMap((proof) => {
          const ruling = ruleOn(severity, standing, proof, bar);
          const rulings: readonly Ruling[] = ruling === 'fail' ? ['fail', 'waived', 'warn'] : [ruling];
          return rulings.map((it) => `${severity} ${standing} ${it}`);
        }),
      ),
    ),
  ),
);

const EVERY = (['critical', 'major', 'standard', 'off'] as readonly Severity[]).flatMap((severity) =>
  STANDINGS.flatMap((standing) => RULINGS.map((ruling) => ({ severity, standing, ruling }))),
);

describe('letters', () => {
  it('are told back as what they were made of, for all that a verdict can make', () => {
    const existing = EVERY.filter((it) => EXISTING.has(`${it.severity} ${it.standing} ${it.ruling}`));
    expect(existing).toHaveLength(EXISTING.size);
    expect(existing.map((it) => markOf(letterOf(it)))).toEqual(existing);
  });

  it('are different, one character each, and plain in JSON and in SQL', () => {
    const letters = EVERY.map(letterOf).filter((it) => it !== NOT_JUDGED);
    expect(new Set(letters).size).toBe(letters.length);
    for (const letter of letters) expect(letter).toMatch(/^[A-Za-z0-9]$/);
  });

  it('say nothing of what no verdict can have made', () => {
    const others = EVERY.filter(
      ({ severity, standing, ruling }) => severity === 'off' || (standing === 'verified' && ruling !== 'pass'),
    );
    expect(new Set(others.map(letterOf))).toEqual(new Set([NOT_JUDGED]));
    expect(markOf(NOT_JUDGED)).toBeUndefined();
    expect(markOf('é')).toBeUndefined();
  });

  it('are the ones that stored runs hold', () => {
    expect(
      EVERY.map(letterOf)
        .filter((it) => it !== NOT_JUDGED)
        .join(''),
    ).toMatchInlineSnapshot(`"ABCDEFGHIJKLMNOPQRabcdefghijklmnopqr0123456789stuvwxyz"`);
  });
});
