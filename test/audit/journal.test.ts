/** The journal of a run: what was written is there, what was torn is not, and what nobody wrote is refused with its line. */
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openJournal, readJournal } from '../../src/audit/journal.ts';
import { continueRun, createRun, readInventory, readRun } from '../../src/audit/run-folder.ts';
import { claimRun } from '../../src/audit/writer.ts';
import { InputError } from '../../src/input-error.ts';
import { temporaryFolder } from '../repo/temporary.ts';
import { report } from '../report/sample-report.ts';
import { anyRows, inventoryOf, runOf } from './run-sample.ts';
import { rowOf, unjudgedRow } from './sample-audit.ts';

const ANYBODY = { check: () => undefined, release: () => undefined };
const ROWS = [unjudgedRow('b'), rowOf('a', report([])), unjudgedRow('c', { outcome: 'timeout' })];

function journalIn(folder: string): string {
  return join(folder, 'journal.jsonl');
}

describe('a journal', () => {
  it('gives back whatever rows it was given, sorted, also when it is opened again', () => {
    const folder = temporaryFolder();
    let count = 0;
    fc.assert(
      fc.property(anyRows, (rows) => {
        const file = join(folder, `${count++}.jsonl`);
        const journal = openJournal(file, ANYBODY);
        for (const row of [...rows].reverse()) journal.append(row);
        const expected = JSON.parse(JSON.stringify(rows));
        expect([...journal.rows()]).toEqual(expected);
        journal.complete();
        journal.close();
        const again = readJournal(file);
        expect(again.ids().map((id) => again.row(id))).toEqual(expected);
        expect([again.isComplete(), again.digest()]).toEqual([true, journal.digest()]);
        again.close();
      }),
      { numRuns: 25 },
    );
  });

  it('has its digest by its rows and not by their order', () => {
    const folder = temporaryFolder();
    const digests = [ROWS, [...ROWS].reverse(), ROWS.slice(1)].map((rows, at) => {
      const run = runOf(join(folder, `${at}`), rows, inventoryOf(ROWS));
      run.close();
      return run.journal.digest();
    });
    expect(digests[1]).toBe(digests[0]);
    expect(digests[2]).not.toBe(digests[0]);
  });

  it('takes the later of two rows of a repository, and is complete again only when that is said', () => {
    const run = runOf(join(temporaryFolder(), 'run'), ROWS);
    run.journal.complete();
    run.close();
    const again = continueRun(run.folder, readInventory(run.folder), { retry: true });
    expect(['a', 'b', 'c'].map(again.journal.has)).toEqual([true, false, false]);
    again.journal.append(unjudgedRow('b', { because: 'still nobody' }));
    expect([again.journal.has('b'), again.journal.isComplete()]).toEqual([true, false]);
    again.journal.complete();
    again.close();
    const { journal, close } = readRun(run.folder);
    expect([journal.row('b').because, journal.isComplete(), journal.ids().length]).toEqual(['still nobody', true, 3]);
    close();
  });

  it.each([
    ['no JSON', '{"repo":', /journal\.jsonl:2 is no line of a journal: it is no JSON/],
    ['no row', '{"repo":"x"}', /journal\.jsonl:2 is no line of a journal: the line has no `outcome`/],
    ['a row with more', JSON.stringify({ ...ROWS[0], at: 'noon' }), /journal\.jsonl:2 .* no key `at`/],
    ['a mark that does not fit', '{"complete":{"rows":3,"digest":"0000000000000000"}}', /jsonl:2 .* does not fit/],
    ['an empty line', '', /journal\.jsonl:2 is no line/],
  ])('refuses %s with its file and line', (_, line, message) => {
    const run = runOf(join(temporaryFolder(), 'run'), ROWS.slice(0, 1), inventoryOf(ROWS));
    run.close();
    appendFileSync(journalIn(run.folder), `${line}\n${JSON.stringify(ROWS[1])}\n`);
    expect(() => readRun(run.folder)).toThrow(message);
    expect(() => continueRun(run.folder, readInventory(run.folder))).toThrow(InputError);
    // The refusal leaves nobody as its writer.
    expect(existsSync(join(run.folder, 'writer'))).toBe(false);
  });

  it('never throws anything but a sentence, whatever bytes it holds', () => {
    const folder = temporaryFolder();
    const file = join(folder, 'journal.jsonl');
    const text = ROWS.map((row) => `${JSON.stringify(row)}\n`).join('');
    const change = fc.tuple(fc.nat(text.length), fc.uint8Array({ maxLength: 5 }));
    fc.assert(
      fc.property(change, ([at, bytes]) => {
        writeFileSync(
          file,
          Buffer.concat([Buffer.from(text.slice(0, at)), bytes, Buffer.from(text.slice(at + bytes.length))]),
        );
        try {
          const journal = openJournal(file, ANYBODY);
          expect([...journal.rows()].length).toBeLessThanOrEqual(ROWS.length + 1);
          journal.close();
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('refuses a row of a repository that is not on its list', () => {
    const run = runOf(join(temporaryFolder(), 'run'), ROWS);
    run.journal.append(unjudgedRow('elsewhere'));
    run.close();
    expect(() => readRun(run.folder)).toThrow(/"elsewhere", which is not in its inventory/);
  });

  it('says so where it is changed under a reader', () => {
    const run = runOf(join(temporaryFolder(), 'run'), ROWS);
    truncateSync(journalIn(run.folder), 10);
    expect(() => [...run.journal.rows()]).toThrow(/was changed while it was read/);
    run.close();
  });
});

describe('a run folder', () => {
  it('belongs to its user alone, and holds no password', () => {
    const folder = join(temporaryFolder(), 'run');
    const target = { id: 'a', kind: 'git', location: 'https://ada:s3cret@host.example/a.git' } as const;
    const flags = { registry: ['npm=https://token123@host.example/'], live: 'x' };
    createRun(folder, inventoryOf([], { targets: [target], flags })).close();
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const text = readFileSync(join(folder, 'inventory.json'), 'utf8');
    expect(text).not.toMatch(/s3cret|token123/);
    expect(readInventory(folder).targets).toEqual([{ ...target, location: 'https://host.example/a.git' }]);
  });

  it('is begun in an empty folder only, also in one where a beginning was cut short', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, '.inventory.json.0a1b2c3d4e5f.tmp'), '{');
    runOf(folder, ROWS).close();
    expect(() => runOf(folder, ROWS)).toThrow(/holds a run already/);
    const other = temporaryFolder();
    writeFileSync(join(other, 'notes.txt'), '');
    expect(() => runOf(other, ROWS)).toThrow(/is not empty: it holds "notes\.txt"/);
  });

  it('lies in no repository that is judged', () => {
    const location = temporaryFolder();
    const inventory = inventoryOf([], { targets: [{ id: 'a', kind: 'folder', location }] });
    expect(() => createRun(join(location, 'run'), inventory)).toThrow(/lies in the repository "a"/);
    expect(() => createRun(location, inventory)).toThrow(/lies in the repository/);
    createRun(`${location}-run`, inventory).close();
  });

  it('follows no link and reads no inventory that is none', () => {
    const folder = temporaryFolder();
    expect(() => readInventory(folder)).toThrow(/holds no run/);
    symlinkSync('/etc/passwd', join(folder, 'inventory.json'));
    expect(() => readInventory(folder)).toThrow(/cannot be read/);
    const other = temporaryFolder();
    writeFileSync(join(other, 'inventory.json'), '{"kind":"gonogo-run"}');
    expect(() => readInventory(other)).toThrow(/no inventory of a run that this gonogo reads: the file has no/);
    mkdirSync(join(temporaryFolder(), 'inventory.json'));
  });
});

describe('the writer of a run', () => {
  it('is one at a time', () => {
    const run = runOf(join(temporaryFolder(), 'run'), ROWS.slice(0, 1), inventoryOf(ROWS));
    expect(() => continueRun(run.folder, run.inventory)).toThrow(`process ${process.pid} is writing to the run`);
    run.close();
    continueRun(run.folder, run.inventory).close();
  });

  it.each([
    ['is dead', { pid: 4_194_305 }],
    ['has another in its number', { began: '1' }],
    ['is on another machine', { machine: 'elsewhere' }],
    ['nobody knows', { pid: 'x' }],
  ])('is replaced where it %s', (_, more) => {
    const folder = temporaryFolder();
    const { release } = claimRun(folder);
    const claim = JSON.parse(readFileSync(join(folder, 'writer'), 'utf8'));
    release();
    writeFileSync(join(folder, 'writer'), JSON.stringify({ ...claim, ...more }));
    const writer = claimRun(folder);
    writer.check();
    writer.release();
    expect(existsSync(join(folder, 'writer'))).toBe(false);
  });

  it('writes nothing more once another has taken over, and leaves that one its claim', () => {
    const run = runOf(join(temporaryFolder(), 'run'), ROWS.slice(0, 1), inventoryOf(ROWS));
    const file = join(run.folder, 'writer');
    const claim = readFileSync(file, 'utf8').replace(/"token":"/, '$&0');
    writeFileSync(file, claim);
    const before = readFileSync(journalIn(run.folder));
    expect(() => run.journal.append(unjudgedRow('c'))).toThrow(/another process has taken over/);
    expect(() => run.journal.complete()).toThrow(/another process has taken over/);
    run.close();
    expect(readFileSync(journalIn(run.folder))).toEqual(before);
    expect(readFileSync(file, 'utf8')).toBe(claim);
  });
});
