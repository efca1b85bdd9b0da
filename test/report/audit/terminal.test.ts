/** The terminal's view of an audit, drawn for several surfaces and compared with committed pictures of it; and inert, whatever a repository says. */
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import type { Audit } from '../../../src/model-audit.ts';
import { format } from '../../../src/report/audit/terminal.ts';
import type { Canvas } from '../../../src/report/canvas.ts';
import { manyServices } from '../../audit/many-services.ts';
import { anyAudit, auditOf, unjudgedRow } from '../../audit/sample-audit.ts';
import { canvas } from '../canvas.ts';
import { hostileText, offences, withoutColour } from '../hostile.ts';
import { estate, many } from './sample-estate.ts';

function drawn(audit: Audit, traits: Partial<Canvas> = {}): string {
  return [...format.render(audit, canvas(traits))].join('');
}

const SURFACES: readonly (readonly [string, Partial<Canvas>])[] = [
  ['40', { width: 40 }],
  ['80', {}],
  ['120-colour', { width: 120, colour: 1 }],
  ['pipe', { width: 0 }],
  ['ascii', { unicode: false }],
  ['quiet', { quiet: true }],
  ['verbose', { verbose: true, width: 100 }],
];

describe('an audit on a terminal', () => {
  it.each(SURFACES)('on %s is as committed', async (surface, traits) => {
    await expect(drawn(estate(), traits)).toMatchFileSnapshot(`__golden__/terminal-estate-${surface}.txt`);
  });

  it.each([
    ['of nothing', auditOf([])],
    ['of what could not be judged', auditOf([unjudgedRow('acme/gone')])],
  ])('%s is as committed', async (name, audit) => {
    await expect(drawn(audit)).toMatchFileSnapshot(`__golden__/terminal-${name.replaceAll(' ', '-')}.txt`);
  });

  it('does not keep quiet about a rule across services of which it is not known whether it holds', () => {
    const audit = estate();
    const open = audit.estate.findings.map((it) => ({ ...it, problems: [], standing: 'unknown' as const }));
    const lines = drawn({ ...audit, estate: { ...audit.estate, findings: open } }, { width: 0 });
    for (const { rule, because } of open) expect(lines).toContain(`${rule}  unknown: ${because}`);
    const settled = open.map((it) => ({ ...it, standing: 'declared' as const }));
    expect(drawn({ ...audit, estate: { ...audit.estate, findings: settled } })).not.toContain('ACROSS SERVICES');
  });

  it('says how many it leaves out, and all of them on request', () => {
    const names = (text: string) => new Set(text.match(/acme\/shop-\d{4}/g)).size;
    const [brief, whole] = [drawn(many(30)), drawn(many(30), { verbose: true })];
    expect([names(brief), names(whole)]).toEqual([20, 30]);
    expect(brief).toContain('and 10 more (--verbose lists all)');
    expect(whole).not.toContain('more (--verbose');
  });

  it('says a reason once where neighbours have the very same', () => {
    const reasons = (count: number) => drawn(many(count)).split('runbooks/alert-links-runbook').length;
    expect(reasons(9)).toBe(reasons(1));
  });

  it('says the same with and without colour', () => {
    const words = (text: string) => withoutColour(text).replaceAll(/\s+/g, ' ').trim();
    expect(words(drawn(estate(), { colour: 3, width: 0 }))).toBe(words(drawn(estate(), { width: 0 })));
  });

  it('goes through the rows once', () => {
    let times = 0;
    const audit = estate();
    const rows = () => {
      times++;
      return audit.rows();
    };
    drawn({ ...audit, rows });
    expect(times).toBe(1);
  });

  it('is inert, whatever a repository is called or says', () => {
    const surfaces = fc.record({
      width: fc.constantFrom(0, 40, 80),
      colour: fc.constantFrom(0 as const, 1 as const),
      verbose: fc.boolean(),
      quiet: fc.boolean(),
    });
    const named = fc
      .tuple(anyAudit, fc.array(hostileText, { minLength: 1, maxLength: 4 }))
      .map(([audit, names]) => poisoned(audit, names));
    fc.assert(
      fc.property(named, surfaces, (audit, traits) => {
        expect(offences(drawn(audit, traits))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('says in a line each how far the campaigns are', () => {
    const { campaigns = [] } = manyServices(6, 5);
    const text = drawn({ ...estate(), campaigns }, { width: 0 });
    expect(text).toContain('CAMPAIGNS  1 campaign');
    expect(text).toMatch(
      /^Every store is restored once a quarter {2}\d+ of \d+ .* met, .*until 2027-01-31 .*too late/m,
    );
    expect(drawn(estate())).not.toContain('CAMPAIGNS');
  });

  it('says first and last that the set is not whole', () => {
    const text = drawn({ ...estate(), missing: { shards: ['2/3'], repositories: ['acme/lost'] } });
    expect(text.match(/This audit is incomplete: shard 2\/3 is missing/g)).toHaveLength(2);
    expect(text).toMatch(/^This audit is incomplete/);
  });

  it('stays within the width but for paths', () => {
    const lines = drawn(estate(), { width: 40 }).split('\n');
    const wide = lines.filter((line) => stringWidth(line) > 40 && !line.split(' ').some((word) => word.includes('/')));
    expect(wide).toEqual([]);
  });
});

/** Names and sentences that nobody but a repository or a list decides. */
function poisoned(audit: Audit, names: readonly string[]): Audit {
  const name = (index: number) => names[index % names.length] ?? '';
  const rows = [...audit.rows()].map((row, index) => ({
    ...row,
    repo: `${index}${name(index)}`,
    notes: [name(index)],
  }));
  const [finding] = estate().estate.findings;
  const problem = finding?.problems[0];
  const findings =
    finding && problem
      ? [
          {
            ...finding,
            because: name(0),
            problems: [{ ...problem, message: name(1), path: names, places: [{ repo: name(2), path: name(0) }] }],
          },
        ]
      : [];
  return { ...audit, rows: () => rows, estate: { findings, edges: [] } };
}
