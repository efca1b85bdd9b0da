/** Stored reports: what check wrote is read back, and whatever else there is ends in a sentence. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FORMATS } from '../src/generated/formats.ts';
import { InputError } from '../src/input-error.ts';
import type { Report } from '../src/model.ts';
import { format as json } from '../src/report/json.ts';
import { readReport } from '../src/stored-report.ts';
import { anyCharacter } from './any-character.ts';
import { canvas } from './report/canvas.ts';
import { openText } from './report/random-parts.ts';
import { anyReport } from './report/random-report.ts';
import { withPackages } from './report/sample-packages.ts';
import { conditional, noGo } from './report/sample-report.ts';

function read(text: string | Uint8Array): Report {
  return readReport(typeof text === 'string' ? Buffer.from(text) : text, 'r.json');
}

/** What a text is refused with; undefined where it is taken. Anything but an InputError is a fault of ours and passes through. */
function refusal(text: string | Uint8Array): InputError | undefined {
  try {
    read(text);
    return undefined;
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}

describe('a stored report', () => {
  it('is read back as it was written', () => {
    expect(read(json.render(noGo(), canvas()))).toEqual(noGo());
    expect(read(`\uFEFF${json.render(noGo(), canvas())}`)).toEqual(noGo());
  });

  const stored = JSON.stringify(conditional());
  it.each([
    ['nothing', ' \n', '"r.json" is empty', 'r.json'],
    ['what is no JSON', 'gonogo', /^"r.json" is no JSON: Unexpected token/, 'r.json'],
    ['JSON that ends too early', stored.slice(0, -5), /^"r.json" is no JSON: /, /^r\.json/],
    ['a place in JSON', `{"a": 1,\n "b" 2}`, /^"r.json" is no JSON: \w/, 'r.json:2:6'],
    ['a list', '[]', '"r.json" is no report of gonogo', 'r.json'],
    ['another program’s JSON', '{"version":"2.1.0","runs":[]}', '"r.json" is no report of gonogo', 'r.json'],
    ['a version that is no number', '{"schemaVersion":"1"}', '"r.json" is no report of gonogo', 'r.json'],
    ['a badge', '{"schemaVersion":1,"label":"x"}', /does not fit the schema of reports: the file has no/, 'r.json#'],
    [
      'a day that is none',
      stored.replace('"2026-11-16"', '"2026-13-16"'),
      /`asOf` has to be a day as YYYY-MM-DD; found "2026-13-16"/,
      'r.json#/asOf',
    ],
    [
      'an unknown key',
      stored.replace('"stage"', '"stagd"'),
      /`services\[0\]\.service`/,
      /^r\.json#\/services\/0\/service/,
    ],
  ])('refuses %s, and says what, where, and what to do', (_, text, what, at) => {
    const error = refusal(text);
    expect(error?.message).toMatch(typeof what === 'string' ? new RegExp(`^${what}$`) : what);
    expect(error?.at).toMatch(typeof at === 'string' ? new RegExp(`^${at}$`) : at);
    expect(error?.hint).toMatch(/gonogo/);
  });

  it('of a later version asks for a newer gonogo, of an earlier one for another file', () => {
    const later = refusal(stored.replace('"schemaVersion":1', '"schemaVersion":2'));
    expect(later).toMatchObject({
      message: '"r.json" is a report of version 2, and this gonogo reads version 1',
      hint: 'install a newer gonogo',
    });
    expect(refusal('{"schemaVersion":0}')?.hint).toMatch(/check --format json=FILE/);
  });

  it('has to be UTF-8, and not too large', () => {
    expect(refusal(Buffer.from(`\uFEFF${stored}`, 'utf16le'))).toMatchObject({ message: '"r.json" is not in UTF-8' });
    expect(() => readReport(undefined, 'r.json')).toThrow('"r.json" is larger than 64 MB');
  });

  it('may be nested a million deep, or wrong in a million places', () => {
    const deep = stored.replace('"notes":[', `"notes":[${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`);
    expect(refusal(deep)?.message).toMatch(/`notes\[0\]` has to be some text; found a list/);
    const wide = stored.replace('"notes":[', `"notes":[${'1,'.repeat(1_000_000)}1`);
    expect(refusal(wide)?.message).toMatch(/`notes\[0\]` has to be some text; found 1/);
  });
});

/** Every place in a plain value, as the way there. */
function waysIn(value: unknown, way: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [way];
  return [way, ...Object.entries(value).flatMap(([key, item]) => waysIn(item, [...way, key]))];
}

function replaced(value: unknown, [step, ...rest]: readonly string[], by: unknown): unknown {
  if (step === undefined) return by;
  if (Array.isArray(value))
    return value.map((item, index) => (String(index) === step ? replaced(item, rest, by) : item));
  return Object.fromEntries(
    Object.entries(value as object).map(([key, item]) => [key, key === step ? replaced(item, rest, by) : item]),
  );
}

const reports = fc.oneof(anyReport, fc.constantFrom(noGo(), withPackages()));

const anything = fc.oneof(
  openText,
  fc.constantFrom(null, true, 0, -1, 1e308, Number.MAX_SAFE_INTEGER, 'GO', 'off', '__proto__', '2026-02-30', [], {}),
  fc.jsonValue({ maxDepth: 2 }),
);

describe('any text at all', () => {
  it('is taken or refused, and never ends in an exception', () => {
    fc.assert(
      fc.property(fc.oneof(openText, fc.json(), fc.string({ unit: anyCharacter })), (text) => {
        expect(refusal(text)).toBeInstanceOf(InputError);
      }),
      { numRuns: 1000 },
    );
  });

  it('of bytes, too', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => refusal(bytes) !== undefined));
  });

  it('that is a report but for one part is refused, or shown in every format', async () => {
    const formats = await Promise.all(Object.values(FORMATS).map((load) => load()));
    let taken = 0;
    fc.assert(
      fc.property(reports, fc.nat(), anything, (report, pick, by) => {
        const plain: unknown = JSON.parse(JSON.stringify(report));
        const ways = waysIn(plain);
        const text = JSON.stringify(replaced(plain, ways[pick % ways.length] ?? [], by));
        if (refusal(text)) return;
        taken += 1;
        for (const format of formats) expect(format.render(read(text), canvas())).toBeTypeOf('string');
      }),
      { numRuns: 400 },
    );
    expect(taken).toBeGreaterThan(20);
  });
});
