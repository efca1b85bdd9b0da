/** What an audit ends with: its exit code also by what stands across services, and what is not asked of a part of it. */
import { describe, expect, it } from 'vitest';
import { acrossNotes, barOf, exitCodeOf, wholeAudit } from '../../src/cli/audit-ending.ts';
import { HEADER } from '../audit/sample-audit.ts';
import { needs, service } from '../estate/sample-estate.ts';

/** Two services that wait for each other; each is GO. */
const ROWS = [service('web', { dependencies: [needs('rates')] }), service('rates', { dependencies: [needs('web')] })];

function auditOf(
  more: Partial<Parameters<typeof wholeAudit>[2]> = {},
  only: readonly string[] = ['estate/hard-cycle'],
) {
  return wholeAudit(HEADER, { only }, { rows: () => ROWS, ...more });
}

describe('an audit', () => {
  it('has exit code 1 where a rule across services blocks by the bar that was asked for, and says which', () => {
    const whole = auditOf();
    expect([undefined, 'none', 'critical', 'major', 'standard'].map((bar) => exitCodeOf(whole, bar as 'none'))).toEqual(
      [0, 0, 1, 1, 1],
    );
    expect(acrossNotes(whole, 'critical', false)).toBe(
      'note: --fail-on critical blocks across services: estate/hard-cycle\n',
    );
    expect(acrossNotes(whole, undefined, false)).toBe('');
    expect(exitCodeOf(auditOf({}, ['estate/unknown-dependency']), 'standard')).toBe(0);
    expect(exitCodeOf({ ...auditOf(), missing: { shards: ['1/2'], repositories: ['acme/x'] } }, 'critical')).toBe(2);
  });

  it('blocks on nothing that was not asked for', () => {
    const flags = { failOn: 'critical' };
    expect([barOf({ gates: true, flags }), barOf({ gates: false, flags }), barOf({ gates: true, flags: {} })]).toEqual([
      'critical',
      undefined,
      'major',
    ]);
  });

  it('says nothing across services where it is one shard, and says so', () => {
    const part = auditOf({ isPart: true }, []);
    expect(part.estate).toEqual({ findings: [], edges: [] });
    expect(acrossNotes(part, 'critical', true)).toContain('gonogo merge');
  });

  it('knows of repositories that are missing, so that no name of theirs is called unknown for sure', () => {
    const rows = [service('web', { dependencies: [needs('billing')] })];
    const missing = { shards: ['2/2'], repositories: ['acme/billing'] };
    const { estate } = auditOf({ rows: () => rows, missing }, ['estate/unknown-dependency', 'estate/hard-cycle']);
    expect(estate.findings.map(({ standing, problems }) => [standing, problems.length])).toEqual([
      ['unknown', 0],
      ['unknown', 0],
    ]);
  });
});
