/** Checklists that nobody would write by hand: some that load, more that do not. */
import fc from 'fast-check';
import { stringify } from 'yaml';

const expression = fc.constantFrom(
  'manifest.tier == 1',
  'evidence.alerts.alerts.all(a, has(a.labels.team))',
  'evidence.alerts.alerts.exists(a, a.name == 1)',
  'manifest.nope',
  'true',
  'false',
  'dyn(1)',
  'tier ==',
);
const globs = fc.array(fc.constantFrom('**/*', '*.yaml', 'docs/*', '{a,b}.md', 'repo://*', '../x', 'repo:a/b//c'), {
  maxLength: 2,
});
const text = fc.oneof(fc.constantFrom('a', 'a.b', '/a/*', '*', '', '__proto__', 'x'), fc.string({ maxLength: 8 }));
const texts = fc.array(text, { maxLength: 2 });
const pattern = fc.constantFrom('^(a+)+$', 'a|b', '(', '(?=a)', '');
const scalar = fc.oneof(fc.integer(), fc.boolean(), text);

/** Parameters that mostly have the right types. */
const PARAMETERS = {
  'generic/expression': fc.record(
    {
      expression,
      needs: fc.subarray(['alerts', 'history', 'slos']),
      when: expression,
      otherwise: fc.constantFrom('missing', 'contradicted'),
      because: fc.constantFrom('So.', '= "so"', '= manifest.nope', '= 1'),
      problems: fc.constantFrom('[{"message": "m", "path": "p", "line": 1}]', '[1]', 'dyn([{"message": 1}])', '{'),
      partial: fc.boolean(),
    },
    { requiredKeys: ['expression'] },
  ),
  'generic/file-exists': fc.record({ files: globs, every: fc.boolean() }),
  'generic/file-mentions': fc.record(
    {
      files: globs,
      texts,
      patterns: fc.array(pattern, { maxLength: 2 }),
      wanted: fc.constantFrom('present', 'absent'),
    },
    { requiredKeys: ['files'] },
  ),
  'generic/structured-value': fc.record(
    { files: globs, path: text, equals: scalar, matches: pattern, min: fc.integer(), every_file: fc.boolean() },
    { requiredKeys: ['files', 'path'] },
  ),
  'generic/manifest-states': fc.record(
    { path: text, one_of: fc.array(scalar), matches: pattern, max: fc.integer() },
    { requiredKeys: ['path'] },
  ),
};

const checked = fc.oneof(
  ...Object.entries(PARAMETERS).map(([check, its]) =>
    fc.record({
      check: fc.constant(check),
      with: fc.oneof({ weight: 9, arbitrary: its }, fc.jsonValue({ maxDepth: 2 })),
    }),
  ),
);
const rule = fc
  .record({
    id: fc.oneof({ weight: 9, arbitrary: fc.constantFrom('acme/a', 'acme/b', 'acme/c') }, fc.string()),
    statement: fc.constant('It is so.'),
    severity: fc.oneof({ weight: 9, arbitrary: fc.constant({ tier1: 'major' }) }, fc.jsonValue({ maxDepth: 1 })),
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
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
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
  fc.string({ unit: 'binary', maxLength: 60 }),
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
