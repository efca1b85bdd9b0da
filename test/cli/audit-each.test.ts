/** `--each`: a report of each repository in a file of its own, wherever its name would lead. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, normalize } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { fileFor, parseEach, writeEach } from '../../src/cli/audit-each.ts';
import { auditOf, rowOf, unjudgedRow } from '../audit/sample-audit.ts';
import { canvas } from '../report/canvas.ts';
import { noGo } from '../report/sample-report.ts';

const folder = mkdtempSync(join(tmpdir(), 'gonogo-each-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const AUDIT = auditOf([rowOf('acme/orders', noGo()), rowOf('../../etc', noGo()), unjudgedRow('acme/gone')]);

describe('a report of each repository', () => {
  it('lies below the folder, under the name of its repository, and none is written of what was not judged', async () => {
    await writeEach(AUDIT, parseEach([`sarif=${join(folder, 'sarif')}`]), canvas(), false);
    expect(
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((it) => it.includes('.sarif'))
        .sort(),
    ).toEqual(['sarif/%2E%2E/%2E%2E/etc.sarif', 'sarif/acme/orders.sarif']);
    const log = JSON.parse(readFileSync(join(folder, 'sarif/acme/orders.sarif'), 'utf8'));
    expect(log.version).toBe('2.1.0');
    expect(log.runs[0].results.length).toBeGreaterThan(0);
  });

  it('replaces no file unless told to', async () => {
    const each = parseEach([`json=${join(folder, 'json')}`]);
    await writeEach(AUDIT, each, canvas(), false);
    await expect(writeEach(AUDIT, each, canvas(), false)).rejects.toThrow('already exists');
    await writeEach(AUDIT, each, canvas(), true);
  });

  it('is not made of an audit that did not keep what it shows', async () => {
    await expect(writeEach(AUDIT, parseEach([`cyclonedx=${join(folder, 'x')}`]), canvas(), false)).rejects.toThrow(
      'did not keep',
    );
  });

  it.each([
    ['sarif', 'names no folder'],
    ['sarif=', 'names no folder'],
    ['sarof=x', 'there is no format "sarof"'],
  ])('is refused as %s', (word, said) => {
    expect(() => parseEach([word])).toThrow(said);
  });

  it('has a folder for each format', () => {
    expect(() => parseEach(['sarif=out', 'code-scanning=./out'])).toThrow('two formats would both go to');
  });

  it('has a path of its own that leads nowhere else, whatever the repository is called', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ unit: 'grapheme' }), { minLength: 2, maxLength: 4 }), (ids) => {
        const paths = ids.map((id) => fileFor(id, 'sarif'));
        for (const path of paths) {
          expect(normalize(path)).toBe(path);
          expect(path).not.toMatch(/^\/|(^|\/)\.\.?(\/|$)|[\\:\0]/);
        }
        expect(new Set(paths).size).toBe(ids.length);
      }),
    );
  });
});
