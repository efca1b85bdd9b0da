/** What severities mean and whom they wake: by the manifest first, by the usual words second, never by a guess. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Values } from '../../src/checks/params.ts';
import { classOf, severityParams, type Urgency, urgencyOf } from '../../src/checks/severity.ts';
import type { Claims } from '../../src/manifest/manifest.ts';

const PARAMS = Object.fromEntries(
  Object.entries(severityParams).map(([name, param]) => [name, param.default]),
) as unknown as Values<typeof severityParams>;

function read(labels: Record<string, string>, claims: Claims = {}, templated: readonly string[] = []): Urgency {
  return urgencyOf({ labels, templated }, claims, PARAMS);
}

describe('the usual words', () => {
  it.each([
    ['critical', 'critical', 'yes'],
    ['page', 'critical', 'yes'],
    ['s1', 'critical', 'yes'],
    ['S2', 'major', 'yes'],
    ['P1', 'critical', 'yes'],
    ['SEV-2', 'major', 'yes'],
    ['high', 'critical', 'yes'],
    ['warning', 'major', 'no'],
    ['medium', 'major', 'no'],
    ['s3', 'standard', 'no'],
    ['ticket', 'standard', 'no'],
    ['low', 'standard', 'no'],
  ])('%s means %s and wakes: %s', (word, meaning, wakes) => {
    expect(read({ severity: word })).toMatchObject({ class: meaning, wakes, informational: false });
  });

  it('call info, none and P5 informational', () => {
    expect(['info', 'none', 'P5'].map((word) => read({ severity: word }).informational)).toEqual([true, true, true]);
  });

  it('know no team and no channel', () => {
    for (const word of ['team-ledger', 'slack', 'hmpps-alerts', 'constructor', '__proto__']) {
      expect(read({ severity: word })).toMatchObject({ wakes: 'unknown' });
      expect(read({ severity: word }).class).toBeUndefined();
    }
  });
});

describe('the manifest', () => {
  it('comes first in what a word means', () => {
    const claims: Claims = { alerts: { severity_map: { 'team-ledger': 'critical', critical: 'standard' } } };
    expect(read({ severity: 'team-ledger' }, claims)).toMatchObject({ class: 'critical', wakes: 'yes' });
    expect(read({ severity: 'critical' }, claims)).toMatchObject({ class: 'standard', wakes: 'no' });
  });

  it('says by `alerts.page` which words wake someone, and no other does', () => {
    const claims: Claims = { alerts: { page: ['warning'] } };
    expect(read({ severity: 'warning' }, claims).wakes).toBe('yes');
    expect(read({ severity: 'critical' }, claims).wakes).toBe('no');
    expect(read({ severity: 'team-ledger' }, claims).wakes).toBe('no');
  });

  it('says by the classes of errors which of them wake someone', () => {
    const claims: Claims = { error_classes: { major: { page: true }, critical: { page: false } } };
    expect(read({ severity: 'warning' }, claims).wakes).toBe('yes');
    expect(read({ severity: 'critical' }, claims).wakes).toBe('no');
  });
});

describe('other labels', () => {
  it('carry the severity too, whatever their case', () => {
    expect(read({ Priority: 'P1' }).label).toEqual({ key: 'Priority', value: 'P1' });
    expect(read({ team: 'ledger' })).toEqual({ templated: false, wakes: 'unknown', informational: false });
  });

  it('wake someone outright: a pager', () => {
    expect(read({ severity: 'team-ledger', pager: 'pagerduty' }).wakes).toBe('yes');
    expect(read({ severity: 'warning', page: 'false' }).wakes).toBe('no');
  });

  it('that a template fills in say nothing', () => {
    const label = { severity: '{{ .Values.severity }}' };
    expect(read(label, {}, ['labels.severity'])).toMatchObject({ templated: true, wakes: 'unknown' });
    expect(read({}, {}, ['labels'])).toMatchObject({ templated: true, wakes: 'unknown' });
  });
});

describe('any words at all', () => {
  const claims = fc.record(
    {
      alerts: fc.record(
        {
          severity_map: fc.dictionary(fc.string(), fc.constantFrom('critical', 'major', 'standard')),
          page: fc.array(fc.string()),
        },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: [] },
  );

  it('give one of three classes or none, and never throw', () => {
    fc.assert(
      fc.property(fc.string(), claims, (word, its) => {
        expect(['critical', 'major', 'standard', undefined]).toContain(classOf(word, its as Claims, PARAMS));
      }),
    );
  });

  const key = fc.oneof(fc.constantFrom('severity', 'pager', 'team', 'toString'), fc.string());
  const value = fc.oneof(fc.constantFrom('critical', 'info', 'team-ledger', 'valueOf', ''), fc.string());

  it('wake nobody unless something says so', () => {
    fc.assert(
      fc.property(fc.dictionary(key, value), (labels) => {
        const { wakes, label, class: meaning } = read(labels);
        const pager = Object.keys(labels).some((key) => /^(pager|page|paging|pagerduty)$/i.test(key));
        expect(wakes === 'yes' && !pager && (!label || !meaning)).toBe(false);
      }),
    );
  });
});
