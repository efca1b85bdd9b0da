/** Bytes that may be anything are a record, or one clause says why not. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTooDeep, repeatedKey } from '../../src/record/json-oddities.ts';
import { readRecord, readReport } from '../../src/record/read.ts';
import { conditional, go } from '../report/sample-report.ts';
import { KEYS, recordText, refusals, reportText, signedText } from './sample-record.ts';

const TEXT = recordText(conditional());

describe('what is no record', () => {
  it.each([
    ['', 'it is not JSON in UTF-8'],
    ['\uFEFF{}', 'it is not JSON in UTF-8'],
    ['[]', 'it is no JSON object'],
    ['null', 'it is no JSON object'],
    ['{}', "it does not fit the schema of decisions: the whole must have required property '_type'"],
    ['{"payload":1}', 'it is no whole DSSE envelope'],
    [
      '{"payload":"e30=","payloadType":"x","signatures":[]}',
      'it is an envelope of x, not of application/vnd.in-toto+json',
    ],
    [
      '{"payload":"e30","payloadType":"application/vnd.in-toto+json","signatures":[]}',
      "it does not fit the schema of decisions: the whole must have required property '_type'",
    ],
    [
      '{"payload":"eyJhIjoxLCJhIjoyfQ==","payloadType":"application/vnd.in-toto+json","signatures":[]}',
      'the key "a" stands twice in one object',
    ],
    [TEXT.replace('"result"', '"\\u0072esult": "PASSED", "result"'), 'the key "result" stands twice in one object'],
    [
      TEXT.replace('"applicable"', '"__proto__": {}, "__proto__": {}, "applicable"'),
      'the key "__proto__" stands twice',
    ],
    [TEXT.replace('test-result/v0.1', 'test-result/v9'), 'must be equal to constant'],
    [TEXT.replace('"recordVersion": 1', '"recordVersion": 2'), 'recordVersion must be equal to constant'],
    [TEXT.replace(/"services": \[/, '"services": [], "x": ['), 'must NOT have fewer than 1 items'],
  ])('%s', (text, why) => {
    const read = readRecord(Buffer.from(text));
    expect(read.ok ? 'a record' : read.why).toContain(why);
  });

  it('is told from one by the bytes as well: broken UTF-8 is not mended', () => {
    const broken = Buffer.from(TEXT.replace('in-toto', 'in-\u00fftoto'), 'latin1');
    expect(readRecord(broken)).toEqual({ ok: false, why: 'it is not JSON in UTF-8' });
  });

  it.each([
    ['brackets', '['.repeat(200_000) + ']'.repeat(200_000)],
    ['objects', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
    ['a long text', JSON.stringify({ a: '\\"'.repeat(2_000_000) })],
    ['many keys', JSON.stringify(Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [index, index])))],
  ])('is answered where it is deep or long: %s', (_, text) => {
    expect(readRecord(Buffer.from(text)).ok).toBe(false);
  });

  it('is not parsed where it is deeper than any record, whatever stands around', () => {
    const deep = (levels: number) => TEXT.replace('{', `{"x":${'['.repeat(levels)}${']'.repeat(levels)},`);
    expect(readRecord(Buffer.from(deep(50))).ok).toBe(true);
    for (const levels of [101, 1_000_000])
      expect(readRecord(Buffer.from(deep(levels)))).toEqual({ ok: false, why: 'it is nested too deeply to be one' });
    expect(isTooDeep(JSON.stringify({ a: '['.repeat(1000), b: '\\"'.repeat(1000) }))).toBe(false);
    expect(isTooDeep('{"a":1}'.repeat(1000))).toBe(false);
  });

  it('has no more signatures than somebody would check', () => {
    const signed = JSON.parse(signedText(go()));
    const times = (count: number) => ({ ...signed, signatures: Array(count).fill(signed.signatures[0]) });
    expect(readRecord(Buffer.from(JSON.stringify(times(16)))).ok).toBe(true);
    expect(readRecord(Buffer.from(JSON.stringify(times(17))))).toEqual({
      ok: false,
      why: 'it has 17 signatures, and 16 are read',
    });
  });

  it('is not signed where its envelope holds no signature', () => {
    const text = JSON.stringify({ ...JSON.parse(signedText(go())), signatures: [] });
    const read = readRecord(Buffer.from(text));
    expect(read.ok && read.record.envelope).toBeUndefined();
    expect(refusals(text, { key: KEYS.publicKey, allowDirty: true })).toEqual([
      'it is not signed, and a key was given to check it with',
    ]);
  });

  it('is answered whatever it is', () => {
    const changed = fc
      .tuple(fc.constantFrom(TEXT, signedText(go())), fc.nat(), fc.string({ maxLength: 8 }), fc.nat(20))
      .map(([text, at, more, cut]) => text.slice(0, at % text.length) + more + text.slice((at % text.length) + cut));
    const any = fc.oneof(fc.string(), fc.json(), changed);
    fc.assert(
      fc.property(any, (text) => {
        expect(refusals(text).every((it) => typeof it === 'string')).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('keys that nobody takes for others', () => {
  it('further fields are ignored, as in-toto asks, also those with a name that objects have', () => {
    const more = TEXT.replace(
      '"recordVersion"',
      '"__proto__": { "verdict": "NO-GO" }, "constructor": 1, "recordVersion"',
    );
    const read = readRecord(Buffer.from(more));
    expect(read.ok && read.record.statement.predicate.gonogo.verdict).toBe('CONDITIONAL GO');
  });

  it.each([
    ['{"a":1,"b":{"a":1},"c":[{"a":1},{"a":2}]}', undefined],
    ['{"a":"\\"a\\":","b":"a"}', undefined],
    ['{"a":1,"b":[{"c":1}],"a":2}', 'a'],
    ['{ "a" : 1 , "\\u0061" : 2 }', 'a'],
    ['[{"a":{"x":1,"y":"{","x":2}}]', 'x'],
  ])('%s', (text, key) => {
    JSON.parse(text);
    expect(repeatedKey(text)).toBe(key);
  });

  it('are found wherever JSON.parse dropped one', () => {
    const key = fc.constantFrom('a', 'b', '"', '\\', '{', ':', 'é', '__proto__');
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 4 }, fc.constantFrom('1', '"a"', 'null', '"{\\"a\\":"'), tie('list'), tie('object')),
      list: fc.array(tie('value'), { maxLength: 3 }).map((it) => `[${it.join(' , ')}]`),
      object: fc
        .array(fc.tuple(key, tie('value')), { maxLength: 4 })
        .map((it) => `{${it.map(([name, inner]) => `${JSON.stringify(name)} :${inner}`).join(',')}}`),
    }));
    const members = (it: unknown): number =>
      typeof it !== 'object' || it === null
        ? 0
        : Object.values(it).reduce((sum: number, inner) => sum + members(inner) + (Array.isArray(it) ? 0 : 1), 0);
    fc.assert(
      fc.property(value, (text) => {
        const written = [...String(text).matchAll(/"(?:[^"\\]|\\.)*" :/g)].length;
        expect(repeatedKey(String(text)) !== undefined).toBe(members(JSON.parse(String(text))) < written);
      }),
    );
  });
});

describe('a report', () => {
  it('is read where it fits its schema', () => {
    expect(readReport(Buffer.from(reportText(go())))?.verdict).toBe('GO');
    for (const text of ['', '{}', TEXT]) expect(readReport(Buffer.from(text))).toBeUndefined();
  });
});
