/** Checklists that nobody would write by hand: some that load, more that do not. */
import fc from 'fast-check';
import { stringify } from 'yaml';
import { anyCharacter } from '../any-character.ts';

/** Mostly what loads, so that some checklists with several parameters do. */
function mostly<T>(good: readonly T[], bad: readonly T[]): fc.Arbitrary<T> {
  return fc.oneof(
    { weight: 15, arbitrary: fc.constantFrom(...good) },
    { weight: 1, arbitrary: fc.constantFrom(...bad) },
  );
}

const expression = mostly(
  ['manifest.tier == 1', 'manifest.nope', 'has(manifest.nope)', 'true', 'false', 'dyn(1)'],
  ['tier ==', 'evidence.slos.slos.size() > 0', ''],
);
const overAlerts = mostly(
  [
    'evidence.alerts.alerts.all(a, has(a.labels.team))',
    'evidence.alerts.alerts.exists(a, a.name == 1)',
    'evidence.alerts.alerts.all(a, evidence.alerts.alerts.exists(b, b.name != a.name))',
    'evidence.alerts.alerts.exists(a, a.expr.matches("^(u+)+$"))',
  ],
  ['evidence.alerts', 'evidence'],
);
const glob = mostly(['**/*', '*.yaml', 'docs/*', '{a,b}.md', 'repo://*', 'repo:a/b//c'], ['../x', '{a,{b}}']);
const globs = fc.array(glob, { minLength: 1, maxLength: 2 });
const text = fc.oneof(
  fc.constantFrom('a', 'a.b', '/a/*', '*', '__proto__', 'x'),
  fc.string({ minLength: 1, maxLength: 8 }),
);
const texts = fc.array(text, { minLength: 1, maxLength: 2 });
const pattern = mostly(['^(a+)+$', 'a|b', ''], ['(', '(?=a)']);
const scalar = fc.oneof(fc.integer(), fc.boolean(), text);
const words = {
  when: expression,
  otherwise: fc.constantFrom('missing', 'contradicted'),
  because: mostly(['So.', '= "so"', '= manifest.nope'], ['= 1']),
  because_not: mostly(['Not so.', '= string(manifest.tier)'], ['=']),
  problems: mostly(['[{"message": "m", "path": "p", "line": 1}]', '[1]', 'dyn([{"message": 1}])'], ['{']),
  partial: fc.boolean(),
};

/** Parameters that mostly have the right types. */
const PARAMETERS: readonly (readonly [string, fc.Arbitrary<object>])[] = [
  ['generic/expression', fc.record({ expression, ...words }, { requiredKeys: ['expression'] })],
  [
    'generic/expression',
    fc.record(
      { expression: overAlerts, needs: fc.constant(['alerts']), ...words },
      { requiredKeys: ['expression', 'needs'] },
    ),
  ],
  ['generic/file-exists', fc.record({ files: globs, every: fc.boolean() })],
  [
    'generic/file-mentions',
    fc.record(
      {
        files: globs,
        texts,
        patterns: fc.array(pattern, { maxLength: 2 }),
        wanted: fc.constantFrom('present', 'absent'),
      },
      { requiredKeys: ['files', 'texts'] },
    ),
  ],
  [
    'generic/structured-value',
    fc.record(
      { files: globs, path: text, equals: scalar, matches: pattern, min: fc.integer(), every_file: fc.boolean() },
      { requiredKeys: ['files', 'path'] },
    ),
  ],
  [
    'generic/manifest-states',
    fc.record(
      { path: text, one_of: fc.array(scalar, { minLength: 1 }), matches: pattern, max: fc.integer() },
      { requiredKeys: ['path'] },
    ),
  ],
];

const checked = fc.oneof(
  ...PARAMETERS.map(([check, its]) =>
    fc.record({
      check: fc.constant(check),
      with: fc.oneof({ weight: 19, arbitrary: its }, fc.jsonValue({ maxDepth: 2 })),
    }),
  ),
);
const rule = fc
  .record({
    id: fc.oneof(
      { weight: 19, arbitrary: fc.constantFrom('acme/a', 'acme/b', 'acme/c', 'acme/d', 'acme/e') },
      fc.string(),
    ),
    statement: fc.constant('It is so.'),
    severity: fc.oneof({ weight: 19, arbitrary: fc.constant({ tier1: 'major' }) }, fc.jsonValue({ maxDepth: 1 })),
    why: fc.constant('So.'),
    fix: fc.constant('Do.'),
  })
  .chain((its) => checked.map((more) => ({ ...its, ...more })));

/** The text of a checklist. */
export const anyChecklist: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc
      .array(rule, { maxLength: 2 })
      .map((rules) => stringify({ area: 'acme', title: 'A', intro: 'I', rules })),
  },
  { weight: 1, arbitrary: fc.string({ unit: anyCharacter, maxLength: 200 }) },
);

const content = fc.oneof(
  fc.constantFrom(
    'groups: [{ name: g, rules: [{ alert: A, expr: up, labels: { team: x } }, { alert: B, expr: up }] }]',
    'a: { b: 3, c: [1, 2] }',
    'a: {{ .Values.a }}',
    '[a]\nb = 3',
    '{"a": {',
    'a\0b',
  ),
  fc.string({ unit: anyCharacter, maxLength: 60 }),
);

/** A few files of kinds that the generic checks read. */
export const anyFiles: fc.Arbitrary<Readonly<Record<string, string>>> = fc.dictionary(
  fc.constantFrom(
    'a.yaml',
    'b.yaml',
    'c.toml',
    'd.json',
    'docs/a.md',
    'chart/templates/x.yaml',
    'a.md',
    'weird ü.yaml',
  ),
  content,
  { maxKeys: 5 },
);
