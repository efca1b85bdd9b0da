/** An audit as Markdown: in short, honest about what is not known, within its size, and inert whatever a repository says. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Audit } from '../../../src/model-audit.ts';
import { format } from '../../../src/report/audit/markdown.ts';
import { manyServices } from '../../audit/many-services.ts';
import { anyAudit, auditOf, unjudgedRow } from '../../audit/sample-audit.ts';
import { canvas } from '../canvas.ts';
import { hostileText, offences, poisoned } from '../hostile.ts';
import { readMarkdown } from '../rendered-markdown.ts';
import { estate, many } from './sample-estate.ts';

const LIMIT = 60_000;

function rendered(audit: Audit): string {
  return [...format.render(audit, canvas())].join('');
}

/** With campaigns, and a part that nobody brought. */
function whole(): Audit {
  const { campaigns = [] } = manyServices(6, 5);
  return { ...estate(), campaigns, missing: { shards: ['2/3'], repositories: ['acme/lost'] } };
}

describe('an audit as Markdown', () => {
  it('reads as before', async () => {
    const text = rendered(whole());
    expect(readMarkdown(text).foreign).toEqual([]);
    await expect(text).toMatchFileSnapshot('__golden__/markdown.md');
  });

  it('says of everything that was not judged that it was not, and why', () => {
    const text = rendered(whole());
    for (const words of [
      'acme/gone',
      'took too long',
      'there is no commit in it',
      'acme/lost',
      'This audit is incomplete',
    ])
      expect(text).toContain(words);
    expect(text).toMatch(/\*\*3 of them not judged\*\*/);
    const nothing = rendered(auditOf([unjudgedRow('acme/gone')]));
    expect(nothing).toMatch(/^## – nothing judged/);
    expect(nothing).not.toMatch(/GO\b/);
  });

  it('is within its limit, and counts what is left out', () => {
    const text = rendered(many(2000));
    expect(text.length).toBeLessThanOrEqual(LIMIT);
    const shown = text.match(/^- ✖ /gm)?.length ?? 0;
    const left = Number(/\*and (\d+) more\*/.exec(text)?.[1]);
    expect(shown + left).toBe(2000);
    expect(text).toContain('`gonogo audit --verbose` shows all');
    expect(readMarkdown(text).folds).toEqual([1, 1]);
  });

  it('is nothing but our own elements and text, whatever a repository is called or says', () => {
    fc.assert(
      fc.property(anyAudit, (audit) => {
        const text = rendered(audit);
        const { foreign, folds } = readMarkdown(text);
        expect(foreign).toEqual([]);
        expect(folds[0]).toBe(folds[1]);
        expect(offences(text)).toEqual([]);
        expect(text.length).toBeLessThanOrEqual(LIMIT);
      }),
      { numRuns: 100 },
    );
  });

  it('has the same elements whatever the estate says', () => {
    const { rows, ...rest } = whole();
    const plain = readMarkdown(rendered({ ...rest, rows })).elements;
    fc.assert(
      fc.property(fc.array(hostileText, { minLength: 1, maxLength: 10 }), (words) => {
        const {
          estate: across,
          campaigns = [],
          missing,
        } = poisoned({ estate: rest.estate, campaigns: rest.campaigns ?? [], missing: rest.missing }, words);
        const text = rendered({ ...rest, rows, estate: across, campaigns, ...(missing && { missing }) });
        expect(readMarkdown(text).foreign).toEqual([]);
        expect(readMarkdown(text).elements.length).toBeGreaterThan(plain.length / 2);
      }),
      { numRuns: 60 },
    );
  });
});
