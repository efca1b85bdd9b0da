/** A digest: what an operations meeting is told of a week, and nothing that is not so. */
import { describe, expect, it } from 'vitest';
import type { Kept, ServiceLine } from '../../src/model-trend.ts';
import { digestFrom } from '../../src/trends/digest.ts';
import { runOf } from './sample-runs.ts';

const WAIVER = { rule: 'data/restore', owner: 'lee', expires: '2026-12-01' };

function withLine(asOf: string, line: Partial<ServiceLine>): Kept {
  return runOf(asOf, { shop: { 'data/restore': 'waived' } }, {}, () => line);
}

describe('a digest', () => {
  it('of the first audit knows nothing of what moved', () => {
    const digest = digestFrom({ now: runOf('2026-11-16', { shop: { 'data/a': 'fails' } }), earlier: [] });
    expect(digest).toMatchObject({
      verdicts: { 'NO-GO': 1, GO: 0 },
      areas: [{ area: 'data', now: { met: 0, applicable: 1 } }],
    });
    expect(digest.trend).toBeUndefined();
  });

  it('tells what moved, by service and by area', () => {
    const before = runOf('2026-11-09', { shop: { 'data/a': 'fails' }, mail: { 'data/a': 'met' } });
    const now = runOf('2026-11-16', { shop: { 'data/a': 'met' }, mail: { 'data/a': 'fails' } });
    const { trend, areas } = digestFrom({ now, before, earlier: [before] });
    expect(trend?.rows.map(({ name, movement }) => [name, movement])).toEqual([
      ['shop', 'improved'],
      ['mail', 'regressed'],
    ]);
    expect(areas).toEqual([{ area: 'data', now: { met: 1, applicable: 2 }, before: { met: 1, applicable: 2 } }]);
  });

  it.each([
    ['2026-12-16', 1],
    ['2026-12-17', 0],
  ])('names a waiver that ends on %s: %i', (expires, count) => {
    const now = withLine('2026-11-16', { waivers: [{ ...WAIVER, expires }] });
    expect(digestFrom({ now, earlier: [] }).waivers).toHaveLength(count);
  });

  it('names a waiver that was made longer twice, however far its end is', () => {
    const ends = ['2026-09-01', '2026-09-01', '2026-12-01', '2027-09-01'];
    const runs = ends.map((expires, index) => withLine(`2026-0${index + 5}-01`, { waivers: [{ ...WAIVER, expires }] }));
    const [now, ...earlier] = runs.toReversed();
    const waivers = digestFrom({ now: now as Kept, earlier: earlier.toReversed() }).waivers;
    expect(waivers).toMatchObject([{ service: 'shop', rule: 'data/restore', renewals: 2, expires: '2027-09-01' }]);
    const once = withLine('2026-11-16', { waivers: [{ ...WAIVER, expires: '2027-09-01', scope: 'k8s/a.yaml' }] });
    expect(digestFrom({ now: once, earlier: earlier.toReversed() }).waivers).toEqual([]);
  });

  it('names what ends within half a year and what has ended, with who runs it', () => {
    const ends = [
      { name: 'Node.js 20', on: '2026-04-30' },
      { name: 'Node.js 22', on: '2027-05-15' },
      { name: 'Node.js 24', on: '2028-04-30' },
    ];
    const now = runOf('2026-11-16', { a: { 'data/a': 'met' }, b: { 'data/a': 'met' } }, {}, () => ({
      endOfLife: ends,
    }));
    expect(digestFrom({ now, earlier: [] }).endOfLife).toEqual([
      { name: 'Node.js 20', on: '2026-04-30', days: -200, services: ['a', 'b'] },
      { name: 'Node.js 22', on: '2027-05-15', days: 180, services: ['a', 'b'] },
    ]);
  });

  it('tells none past their deadline from none looked at', () => {
    const lines: Record<string, Partial<ServiceLine>> = { a: { overdue: 3 }, b: { overdue: 0 }, c: {} };
    const now = runOf('2026-11-16', { a: {}, b: {}, c: {} }, {}, (key) => lines[key] ?? {});
    expect(digestFrom({ now, earlier: [] })).toMatchObject({ overdue: [{ service: 'a', count: 3 }], unscanned: 1 });
  });

  it('puts first what blocks most services', () => {
    const now = runOf('2026-11-16', {
      a: { 'data/a': 'fails', 'data/b': 'warns', 'data/c': 'met' },
      b: { 'data/a': 'waived', 'data/b': 'warns', 'data/c': 'n/a' },
      c: { 'data/b': 'warns' },
    });
    expect(digestFrom({ now, earlier: [] }).fixes).toMatchObject([
      { rule: 'data/a', blocking: 1, unmet: 2 },
      { rule: 'data/b', blocking: 0, unmet: 3 },
    ]);
  });

  it('says who leads, and where nobody does', () => {
    const lines: Record<string, Partial<ServiceLine>> = {
      a: { leads: { data: 'kim', cost: 'lee' } },
      b: { leads: { data: 'kim' } },
    };
    const now = runOf('2026-11-16', { a: {}, b: {}, c: {} }, {}, (key) => lines[key] ?? {});
    expect(digestFrom({ now, earlier: [] }).leads).toEqual([
      { area: 'cost', people: [{ who: 'lee', services: 1 }], without: 2 },
      { area: 'data', people: [{ who: 'kim', services: 2 }], without: 1 },
    ]);
  });

  it('says who would fail by what is only announced', () => {
    const now = runOf('2026-11-16', { a: { 'data/a': 'warns' } }, {}, () => ({
      announced: [{ rule: 'data/a', from: '2027-01-01' }],
    }));
    expect(digestFrom({ now, earlier: [] }).announced).toMatchObject([
      { rule: 'data/a', from: '2027-01-01', services: [{ service: 'a', owner: 'team-a' }] },
    ]);
  });
});
