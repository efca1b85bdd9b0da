/** An audit as JSON Lines, read again: the same header and rows, and a sentence with its place where it is not ours or not whole. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openAuditLines } from '../../src/audit/audit-lines.ts';
import { InputError } from '../../src/input-error.ts';
import type { Audit } from '../../src/model-audit.ts';
import { format } from '../../src/report/audit/jsonl.ts';
import { temporaryFolder } from '../repo/temporary.ts';
import { canvas } from '../report/canvas.ts';
import { several } from '../report/sample-report.ts';
import { auditOf, HEADER, rowOf, unjudgedRow } from './sample-audit.ts';

const AUDIT = auditOf([unjudgedRow('acme/broken'), rowOf('acme/shop', several())]);

function textOf(audit: Audit): string {
  return [...format.render(audit, canvas())].join('');
}

function read(text: string | Buffer) {
  const path = join(temporaryFolder(), 'audit.jsonl');
  writeFileSync(path, text);
  const audit = openAuditLines(path);
  try {
    return { header: audit.header, rows: [...audit.rows()], again: [...audit.rows()] };
  } finally {
    audit.close();
  }
}

describe('an audit in a file', () => {
  it('is read as often as asked for', () => {
    const { header, rows, again } = read(textOf(AUDIT));
    expect(header).toEqual(HEADER);
    expect(rows).toEqual([...AUDIT.rows()]);
    expect(again).toEqual(rows);
  });

  const [head = '', broken = '', shop = '', estate = ''] = textOf(AUDIT).split('\n');
  it.each([
    ['nothing', '', 'it does not begin with an audit'],
    ['another header', '{"what":"report"}\n', 'it does not begin with an audit'],
    ['no object', 'null\n', 'it is no object in JSON'],
    ['a header that lacks something', '{"what":"audit"}\n', 'the file has no `schemaVersion`'],
    ['no last line', [head, broken, shop, ''].join('\n'), 'it ends early'],
    ['a torn last line', [head, broken, shop, estate.slice(0, 9)].join('\n'), 'it ends early'],
    ['a line that is no row', [head, '{"what":"repository","repo":1}', estate, ''].join('\n'), 'audit.jsonl:2'],
    ['missing parts', textOf({ ...AUDIT, missing: { shards: ['1/2'], repositories: [] } }), 'parts are missing'],
  ])('is refused with a reason where it holds %s', (_, text, why) => {
    expect(() => read(text)).toThrow(InputError);
    try {
      read(text);
    } catch (error) {
      const { message, at } = error as InputError;
      expect(`${message} ${at}`).toContain(why);
    }
  });

  it('may be cut or changed anywhere: it is read or refused, and nothing else happens', () => {
    const bytes = Buffer.from(textOf(AUDIT));
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 }), fc.boolean(), (at, byte, cut) => {
        const changed = Buffer.from(cut ? bytes.subarray(0, at) : bytes);
        if (!cut) changed[at] = byte;
        try {
          read(changed);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
    );
  });
});
