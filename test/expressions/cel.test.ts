/** Expressions: what they give, where their faults are, and that neither the expression nor the evidence makes them run away or throw. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileExpression, type Expression, type Wanted, type World } from '../../src/expressions/cel.ts';
import { anyCharacter } from '../any-character.ts';

const items = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    name: `n${index}`,
    v: index,
    at: { path: 'a.yaml', line: index + 1 },
  }));

const WORLD: World = {
  manifest: { tier: 1, name: 'shop', o: { k: 1 } },
  evidence: { alerts: { alerts: items(3), none: [], s: `${'a'.repeat(40)}!` }, ops_stats: { weeks: [] } },
};

function compiled(source: string, wanted: Wanted = 'bool'): Expression {
  const it = compileExpression(source, wanted);
  if ('fault' in it) throw new Error(`${source}: ${JSON.stringify(it.fault)}`);
  return it.expression;
}

describe('an expression', () => {
  it.each([
    ['manifest.tier == 1', true],
    ['manifest.tier < 1', false],
    ['manifest["name"] in ["shop"]', true],
    ['has(manifest.o.k) && !has(manifest.nope)', true],
    ['manifest.?x.orValue("y") == "y"', true],
    ['(1 + 2) * 3 == 9 && -1 < 2 && 7 % 4 == 3', true],
    ['[1, 2, 3].map(x, x > 1, x * 2) == [4, 6]', true],
    ['{"a": [1]}.a.exists_one(x, x == 1)', true],
    ['0.00000000001 > 0.0 && 1e300 > 1.0', true],
    ['cel.bind(x, manifest.tier, x == 1)', true],
    ['evidence.alerts.alerts[0].name == "n0" && !evidence.alerts.alerts[?9].hasValue()', true],
    ['"a\\"b\\n".contains("\\"") && r"\\d" == "\\\\d" && \'x\' + """y""" == "xy"', true],
    ['evidence.alerts.alerts.all(a, a.v >= 0)', true],
    ['evidence.alerts.alerts.exists(a, a.name.matches("^n[12]$"))', true],
    ['evidence.alerts.alerts.filter(a, a.v > 0).map(a, a.name).join(",") == "n1,n2"', true],
    ['manifest.tier == 1 ? true : false', true],
    ['"k" in manifest.o', true],
    ['duration("1h") > duration("2m") && timestamp("2026-01-02T00:00:00Z") > timestamp("2026-01-01T00:00:00Z")', true],
  ])('%s is %s, counted or not', (source, value) => {
    expect(compiled(source).run(WORLD)).toMatchObject({ value });
  });

  it('notes which evidence was looked at, and where', () => {
    expect(compiled('manifest.tier == 1 || evidence.alerts.none.all(a, false)').run(WORLD).touched).toEqual([]);
    const { touched, places } = compiled('evidence.alerts.alerts.exists(a, a.v == 2)').run(WORLD);
    expect(touched).toEqual(['alerts']);
    expect(places).toEqual(WORLD_PLACES);
  });

  it('notes where something is true of nothing', () => {
    expect(compiled('evidence.alerts.none.all(a, a.v > 1)').run(WORLD)).toMatchObject({
      value: true,
      ofNothing: ['evidence.alerts.none'],
    });
    expect(
      compiled('size(evidence.alerts.none) == 0 || evidence.alerts.none.all(a, a.v > 1)').run(WORLD).ofNothing,
    ).toEqual([]);
  });

  it.each([
    ['!evidence.alerts.none.exists(a, a.v > 1)', ['evidence.alerts.none']],
    [
      'manifest.tier == 1 && !(evidence.alerts.none.exists(a, a.v > 1) || manifest.tier == 2)',
      ['evidence.alerts.none'],
    ],
    ['size(evidence.alerts.none.filter(a, a.v > 1)) == 0', ['evidence.alerts.none']],
    ['size(evidence.alerts.none) == 0 || !evidence.alerts.none.exists(a, a.v > 1)', []],
    ['!evidence.alerts.alerts.exists(a, a.v > 9)', []],
    ['!evidence.alerts.none.all(a, false) || manifest.tier == 1', []],
    ['evidence.alerts.none.exists(a, true) || manifest.tier == 1', []],
    ['size(evidence.alerts.none.map(a, a.v) + evidence.alerts.alerts.map(a, a.v)) == 3', []],
  ])('also where it is true by a negation, or by counting: %s', (source, ofNothing) => {
    expect(compiled(source).run(WORLD)).toMatchObject({ value: true, ofNothing });
  });

  it('notes of alternatives only the one that is so', () => {
    const { touched, places } = compiled('evidence.alerts.alerts.exists(a, a.v == 9) || manifest.tier == 1').run(WORLD);
    expect({ touched, places }).toEqual({ touched: [], places: [] });
    expect(compiled('manifest.tier == 9 || evidence.alerts.alerts.exists(a, a.v == 2)').run(WORLD).touched).toEqual([
      'alerts',
    ]);
    expect(compiled('evidence.alerts.alerts.exists(a, a.v == 9) || manifest.tier == 9').run(WORLD)).toMatchObject({
      value: false,
      touched: ['alerts'],
    });
  });

  it('names the items that `all` is not true of', () => {
    const expression = compiled('manifest.tier == 1 && evidence.alerts.alerts.all(a, (a.v < 1 || a.v == 2))');
    expect(expression.offenders(WORLD)).toEqual([
      { predicate: '(a.v < 1 || a.v == 2)', item: expect.objectContaining({ name: 'n1' }) },
    ]);
  });

  it('does not know keys that every JavaScript object has', () => {
    for (const key of ['constructor', 'toString', '__proto__', 'hasOwnProperty'])
      expect(compiled(`has(manifest.${key})`).run(WORLD)).toMatchObject({ value: false });
    expect(compiled('manifest["__proto__"] == 1').run(WORLD).trouble).toMatch(/No such key/);
  });

  it('fails with a sentence on values that do not fit', () => {
    expect(compiled('manifest.nope == 1').run(WORLD)).toMatchObject({ trouble: 'No such key: nope' });
    expect(compiled('manifest.name > 1').run(WORLD).trouble).toMatch(/no such overload/);
    expect(compiled('manifest.name.matches("(")').run(WORLD).trouble).toMatch(/is no pattern/);
  });
});

const WORLD_PLACES = [1, 2, 3].map((line) => ({ path: 'a.yaml', line }));

describe('a fault is told with its place', () => {
  it.each<[string, Wanted, string | RegExp, number, number]>([
    ['1 +', 'bool', /Unexpected token/, 1, 4],
    ['true &&\n  size(3) > 1', 'bool', /no matching overload/, 2, 3],
    ['manifest.tier == 1 && tier == 2', 'bool', 'Unknown variable: tier', 1, 23],
    ['"a" + 1', 'string', /no such overload/, 1, 1],
    ['1', 'bool', 'it gives int, and bool is asked for', 1, 1],
    ['true', 'list', 'it gives bool, and list is asked for', 1, 1],
    ['evidence == evidence', 'bool', /name the kind of evidence/, 1, 1],
    ['counted_(1, [1]) == [1]', 'bool', /no matching overload/, 1, 1],
    ['', 'bool', /Unexpected token/, 1, 1],
  ])('%j', (source, wanted, message, line, column) => {
    const it = compileExpression(source, wanted);
    expect(it).toMatchObject({
      fault: { message: typeof message === 'string' ? message : expect.stringMatching(message), line, column },
    });
  });

  it.each([
    [`${'-'.repeat(9000)}1 == 1`],
    [`${'('.repeat(4000)}true${')'.repeat(4000)}`],
    [Array(3000).fill('true').join(' && ')],
    ['x'.repeat(20_000)],
  ])('also where it is too much of anything', (source) => {
    expect(compileExpression(source, 'bool')).toHaveProperty('fault');
  });
});

describe('the work is bounded', () => {
  const deep = { of: [Array.from({ length: 5000 }, (_, index) => ({ index }))] };
  const alike = Array.from({ length: 200 }, () => structuredClone(deep));
  const big: World = { manifest: {}, evidence: { a: { l: items(5000), s: 'x'.repeat(500_000), alike } } };

  it.each([
    'evidence.a.l.all(x, evidence.a.l.exists(y, y.v == x.v))',
    'evidence.a.l.exists(x, evidence.a.l.exists(y, evidence.a.l.exists(z, z.v < 0)))',
    'evidence.a.l.all(x, x in evidence.a.l)',
    'size(evidence.a.l.map(x, evidence.a.l + evidence.a.l)) > 0',
    'evidence.a.l.all(x, evidence.a.l == evidence.a.l)',
    'evidence.a.l.all(x, evidence.a.s.matches("x$"))',
    'evidence.a.l.all(x, size(evidence.a.s.split("")) > 1)',
    'evidence.a.l.map(x, evidence.a.l.map(y, evidence.a.s).join("")).join("") == ""',
    '(evidence.a.s + evidence.a.s + evidence.a.s).split("").size() == 1',
    'evidence.a.l.all(x, !"y".matches("(a{1,99}){1,9}b" + x.name))',
    'evidence.a.s.matches("x{100}y")',
    'evidence.a.alike.all(x, evidence.a.alike.all(y, x == y))',
    'evidence.a.alike.all(x, x in evidence.a.alike)',
    'evidence.a.l.all(x, size(evidence.a.s) > 1)',
    'evidence.a.l.all(x, bytes(evidence.a.s) != b"")',
    'evidence.a.l.all(x, evidence.a.s >= evidence.a.s)',
  ])('%s', (source) => {
    expect(compiled(source).run(big).trouble).toMatch(/more than 1000000 steps/);
  });

  it('for patterns that a backtracking engine never ends on', () => {
    const hostile: World = { manifest: {}, evidence: { a: { s: `${'a'.repeat(100_000)}!` } } };
    expect(compiled('evidence.a.s.matches("^(a+)+$")').run(hostile)).toMatchObject({ value: false });
  });

  it('and a comparison with what is written out costs no more than that', () => {
    expect(compiled('evidence.a.alike != [] && evidence.a.l.all(x, x.name != "m")').run(big).value).toBe(true);
  });

  it('and what one run spent is not counted against the next', () => {
    const expression = compiled('evidence.a.l.all(x, x.v >= 0)');
    for (let run = 0; run < 300; run += 1) expect(expression.run(big).value).toBe(true);
  });
});

const FRAGMENTS = [
  'evidence.alerts.alerts',
  'manifest',
  'manifest.tier',
  'a',
  'a.v',
  'true',
  '1',
  '"x"',
  '[1, a]',
  '{"k": 1}',
  '.all(a, ',
  '.exists(a, ',
  '.map(a, ',
  '.filter(a, ',
  '.matches("(a+)+$")',
  ')',
  '(',
  ' && ',
  ' || ',
  ' == ',
  ' + ',
  ' in ',
  '!',
  '-',
  '? ',
  ': ',
  '[0]',
  '.?x',
  'has(manifest.x)',
  'size(',
  'cel.bind(q, 1, ',
  'timestamp("x")',
  'b"x"',
  '1u',
  '\n',
  '// c\n',
  'int(',
  'optional.none()',
  '.orValue(1)',
];

const anyExpression = fc.oneof(
  fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 14 }).map((it) => it.join('')),
  fc.string({ unit: anyCharacter, maxLength: 60 }),
);

describe('arbitrary expressions over arbitrary values', () => {
  it('compile or have a fault with a place, and give an answer or a reason', () => {
    fc.assert(
      fc.property(
        anyExpression,
        fc.constantFrom<Wanted>('bool', 'string', 'list'),
        fc.jsonValue({ maxDepth: 3 }),
        fc.jsonValue({ maxDepth: 3 }),
        (source, wanted, manifest, facts) => {
          const it = compileExpression(source, wanted);
          if ('fault' in it) {
            expect(it.fault.message).not.toBe('');
            expect(it.fault.line).toBeGreaterThan(0);
            expect(it.fault.line).toBeLessThanOrEqual(source.split('\n').length);
            return;
          }
          const world = { manifest: { x: manifest }, evidence: { alerts: { alerts: facts } } };
          const outcome = it.expression.run(world);
          expect(outcome.value === undefined || outcome.trouble === undefined).toBe(true);
          it.expression.offenders(world);
        },
      ),
      { numRuns: 3000 },
    );
  });
});
