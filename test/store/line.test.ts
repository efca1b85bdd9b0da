/** An audit as a run and its lines: what is kept, that it is the same each time, and that it is small. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuditRow } from '../../src/model-audit.ts';
import type { EndOfLife } from '../../src/model-facts.ts';
import { markOf, NOT_JUDGED } from '../../src/store/letters.ts';
import { idOf, keptOf, linesText } from '../../src/store/line.ts';
import { anyAudit, HEADER, rowOf, unjudgedRow } from '../audit/sample-audit.ts';
import { finding, report, service, waiver } from '../report/sample-report.ts';

const LEADS = { reliability: 'a.khan' };
const LED = [{ area: 'reliability', person: 'a.khan', at: { path: 'gonogo.yaml', line: 3 } }];
const ENDS: readonly EndOfLife[] = [{ name: 'Node.js 20', on: '2026-04-30' }];
const RULE = 'runbooks/alert-links-runbook';

function payments(): AuditRow {
  const judged = service(
    [finding(RULE, 'fail'), finding('acme/own-rule', 'pass')],
    { name: 'payments', owner: 'team-payments' },
    { waivers: [waiver(RULE, { from: '2026-11-01' })] },
  );
  const row = rowOf('acme/payments', report([judged], { repo: { name: 'x', commit: 'a'.repeat(40) } }));
  const [only] = row.services;
  if (!only) throw new Error('no service');
  return { ...row, services: [{ ...only, facts: { ...only.facts, leads: LED, endOfLife: ENDS } }] };
}

const ROWS: readonly AuditRow[] = [unjudgedRow('acme/broken'), payments()];

describe('a run and its lines', () => {
  const { run, lines } = keptOf(HEADER, ROWS);

  it('keep who was judged, what was not, and every rule, also one that a repository brought along', () => {
    expect(run).toMatchObject({
      repositories: 2,
      services: 1,
      unjudged: [{ repo: 'acme/broken', outcome: 'unreachable' }],
    });
    expect(run.rules.map(({ id }) => id)).toEqual([...Object.keys(HEADER.rules), 'acme/own-rule'].sort());
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      repo: 'acme/payments',
      name: 'payments',
      owner: 'team-payments',
      commit: 'aaaaaaaaaaaa',
      verdict: 'NO-GO',
      waivers: [{ rule: RULE, owner: 'team-payments', from: '2026-11-01', expires: '2026-12-01' }],
      leads: LEADS,
      endOfLife: ENDS,
    });
    expect(lines[0]).not.toHaveProperty('overdue');
  });

  it('have a letter a rule, in the order of the rules', () => {
    const letters = lines[0]?.letters ?? '';
    expect(letters).toHaveLength(run.rules.length);
    const told = run.rules.flatMap(({ id }, index) =>
      letters.charAt(index) === NOT_JUDGED ? [] : [[id, markOf(letters.charAt(index))]],
    );
    expect(told).toEqual([
      ['acme/own-rule', { severity: 'major', standing: 'verified', ruling: 'pass' }],
      [RULE, { severity: 'major', standing: 'missing', ruling: 'fail' }],
    ]);
  });

  it('are the same whenever they are made, whatever the order of the rows, and others for another audit', () => {
    expect(keptOf(HEADER, [...ROWS].reverse()).lines).toEqual(lines);
    expect(keptOf(HEADER, ROWS).run.id).toBe(run.id);
    const other = { ...HEADER, asOf: '2026-11-17' };
    expect(keptOf(other, ROWS).run.id).not.toBe(run.id);
    expect(keptOf(HEADER, [unjudgedRow('acme/broken', { outcome: 'timeout' }), payments()]).run.id).not.toBe(run.id);
  });

  it('hold for arbitrary audits what every store can keep, and are named by what they hold', () => {
    fc.assert(
      fc.property(anyAudit, (audit) => {
        const kept = keptOf(audit, audit.rows());
        expect(JSON.parse(JSON.stringify(kept))).toEqual(kept);
        expect(JSON.stringify(kept)).not.toMatch(/\\u0000|\\ud[89a-f]/);
        const { id, ...rest } = kept.run;
        expect(idOf(rest, linesText(kept.lines))).toBe(id);
        const keys = kept.lines.map(({ repo, dir }) => JSON.stringify([repo, dir]));
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });
});
