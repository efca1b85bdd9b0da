/** The whole decision as one table that a tech lead can read. Pure data and one look-up. */
import type { Proof, Ruling, Severity, Standing } from '../model.ts';

type Counted = Exclude<Severity, 'off'>;
type Cell = Ruling | Readonly<Record<Proof, Ruling>>;

/** Severity × standing → ruling. A `declared` cell depends on whether the rule wants proof. */
export const TABLE: Readonly<Record<Counted, Readonly<Record<Standing, Cell>>>> = {
  critical: {
    verified: 'pass',
    declared: { optional: 'trust', required: 'fail' },
    contradicted: 'fail',
    missing: 'fail',
    stale: 'fail',
    unknown: 'fail',
    'not-applicable': 'skip',
  },
  major: {
    verified: 'pass',
    declared: { optional: 'trust', required: 'fail' },
    contradicted: 'fail',
    missing: 'fail',
    stale: 'fail',
    unknown: 'warn',
    'not-applicable': 'skip',
  },
  standard: {
    verified: 'pass',
    declared: { optional: 'trust', required: 'warn' },
    contradicted: 'warn',
    missing: 'warn',
    stale: 'warn',
    unknown: 'warn',
    'not-applicable': 'skip',
  },
};

/** From which severity on an unmet rule blocks; `none` blocks nothing. */
export type FailOn = Counted | 'none';

const RANK: Readonly<Record<FailOn, number>> = { standard: 1, major: 2, critical: 3, none: 4 };

/** The table's ruling, moved by `--fail-on`: a lower bar makes warnings about known trouble block, a higher one lets fails warn. */
export function ruleOn(severity: Counted, standing: Standing, proof: Proof, failOn: FailOn): Ruling {
  const cell = TABLE[severity][standing];
  const ruling = typeof cell === 'string' ? cell : cell[proof];
  if (ruling === 'fail' && RANK[severity] < RANK[failOn]) return 'warn';
  if (ruling === 'warn' && standing !== 'unknown' && RANK[severity] >= RANK[failOn]) return 'fail';
  return ruling;
}
