/** The one table that decides, printed whole, and how `--fail-on` moves its bar. */
import { describe, expect, it } from 'vitest';
import type { Proof, Standing } from '../../src/model.ts';
import { type FailOn, ruleOn, TABLE } from '../../src/verdict/policy.ts';

const STANDINGS: readonly Standing[] = [
  'verified',
  'declared',
  'contradicted',
  'missing',
  'stale',
  'unknown',
  'not-applicable',
];
const SEVERITIES = ['critical', 'major', 'standard'] as const;
const PROOFS: readonly Proof[] = ['optional', 'required'];

function printed(failOn: FailOn): string {
  const rows = SEVERITIES.flatMap((severity) =>
    PROOFS.map((proof) => [
      `${severity}, proof ${proof}`,
      ...STANDINGS.map((standing) => ruleOn(severity, standing, proof, failOn)),
    ]),
  );
  return [['', ...STANDINGS], ...rows]
    .map((row) =>
      row
        .map((cell, index) => cell.padEnd(index === 0 ? 25 : 15))
        .join('')
        .trimEnd(),
    )
    .join('\n');
}

describe('the verdict table', () => {
  it('covers every severity and standing', () => {
    for (const severity of SEVERITIES) expect(Object.keys(TABLE[severity]).sort()).toEqual([...STANDINGS].sort());
  });

  it('reads', () => {
    expect(`\n${printed('major')}\n`).toMatchInlineSnapshot(`
      "
                               verified       declared       contradicted   missing        stale          unknown        not-applicable
      critical, proof optional pass           trust          fail           fail           fail           fail           skip
      critical, proof required pass           fail           fail           fail           fail           fail           skip
      major, proof optional    pass           trust          fail           fail           fail           warn           skip
      major, proof required    pass           fail           fail           fail           fail           warn           skip
      standard, proof optional pass           trust          warn           warn           warn           warn           skip
      standard, proof required pass           warn           warn           warn           warn           warn           skip
      "
    `);
  });

  it('never lets unknown pass', () => {
    for (const severity of SEVERITIES)
      for (const failOn of ['standard', 'major', 'critical', 'none'] as const)
        expect(['warn', 'fail']).toContain(ruleOn(severity, 'unknown', 'optional', failOn));
  });

  it('blocks nothing with none', () => {
    expect(printed('none')).not.toContain('fail');
  });

  it('blocks only critical rules with critical', () => {
    expect(ruleOn('critical', 'missing', 'optional', 'critical')).toBe('fail');
    expect(ruleOn('major', 'missing', 'optional', 'critical')).toBe('warn');
  });

  it('blocks known trouble with standard rules too with standard, but not what is unknown', () => {
    expect(ruleOn('standard', 'missing', 'optional', 'standard')).toBe('fail');
    expect(ruleOn('standard', 'declared', 'required', 'standard')).toBe('fail');
    expect(ruleOn('standard', 'unknown', 'optional', 'standard')).toBe('warn');
    expect(ruleOn('major', 'unknown', 'optional', 'standard')).toBe('warn');
  });
});
