import { describe, expect, it } from 'vitest';
import { describeError } from '../../src/manifest/describe-error.ts';
import { HEAD, problems, read, wrongWith } from './reading.ts';

const OWN_KEY = 'or begin it with x- to keep it as your own.';

describe('syntax', () => {
  it.each([
    [
      'owner: team: x',
      '5:8 this line has a second `: `, or is indented deeper than the line above allows → Put a value that contains `: ` in quotes, or line the key up with its siblings.',
    ],
    ['\towner: x', '5:1 this line is indented with a tab, which YAML does not allow → Indent with spaces.'],
    [
      'owner: @payments',
      '5:8 this value begins with a character that YAML keeps for itself (@, ` or %) → Put the value in quotes.',
    ],
    [
      'title: "a \\d"',
      '5:11 this value has a backslash that YAML does not know → Put the value in single quotes, or write \\\\ for a backslash.',
    ],
    [
      'owner: {{ team }}',
      '5:9 a key has to be plain text, and here it is a map, a list or an alias → Put the value in quotes if it begins with {{, [ or *.',
    ],
    [
      'owner: *team',
      '5:8 the alias *team has no anchor &team above it → Put the value in quotes if the * is meant as it stands.',
    ],
    [
      'title: "open',
      '5:13 this is not valid YAML: Missing closing "quote → Correct the syntax here, or just before it.',
    ],
    [
      'owner: { team: a\ntitle: b',
      '6:1 a map that begins with { has no }, or goes on too far to the left → Close it with } before the next key.',
    ],
    [
      'regions: [a, b\ntitle: b',
      '6:1 a list that begins with [ has no ], or goes on too far to the left → Close it with ] before the next key.',
    ],
    [
      'owner\n',
      '5:1 this line is not `key: value` → Add the colon and a space after the key, or line it up with its siblings.',
    ],
    [
      '---\nname: b',
      '5:1 the file holds more than one YAML document, and only one can be read → Keep one document, and give each service a file in its own folder.',
    ],
    [
      '<<<<<<< ours\ntitle: A\n=======\ntitle: B\n>>>>>>> theirs',
      '5:1 the file has an unresolved merge conflict → Resolve it and remove the <<<<<<<, ======= and >>>>>>> lines.',
    ],
    [
      'title: !Sub x',
      '5:13 the tag !Sub is not allowed; values are plain text, numbers, lists and maps → Remove the tag.',
    ],
    [
      'title: !!binary aGk=',
      '5:17 the tag tag:yaml.org,2002:binary is not allowed; values are plain text, numbers, lists and maps → Remove the tag.',
    ],
    [
      'outcomes: [{ id: a, target: .inf }]',
      '5:29 `outcomes[0].target` is not a finite number → Write a number, or put it in quotes if it is text.',
    ],
    [
      'outcomes: [{ id: a, target: 1e999 }]',
      '5:29 `outcomes[0].target` is not a finite number → Write a number, or put it in quotes if it is text.',
    ],
    ['__proto__: { tier: 1 }', '5:1 the key __proto__ is not allowed → Remove it.'],
    ['tier: 3', '5:1 `tier` is given twice, on lines 4 and 5 → Keep one of the two.'],
    ['owner: { team: a, team: b }', '5:19 `owner.team` is given twice, on this line → Keep one of the two.'],
    [
      'owner: { <<: team }',
      '5:14 the merge key << takes the alias of a map → Name the anchor of a map above, e.g. `<<: *defaults`.',
    ],
  ])('%j', (rest, expected) => {
    expect(wrongWith(rest)).toEqual([expected]);
  });

  it('reports a few errors and not their echoes', () => {
    expect(wrongWith('owner: [a\nslos: }\ntitle: @\nsla: @\nna: @\n').length).toBeLessThanOrEqual(3);
  });
});

describe('the top of the file', () => {
  const begin = 'Begin it with `apiVersion: gonogo/v1` and `kind: Service`.';
  it.each([
    ['', '1:1 the manifest is empty → Write at least apiVersion, kind, name and tier; `gonogo init` does it for you.'],
    [
      '# later\n',
      '1:1 the manifest is empty → Write at least apiVersion, kind, name and tier; `gonogo init` does it for you.',
    ],
    ['- a\n', `1:1 the manifest has to be a map of keys; found a list → ${begin}`],
    ['fx-rates\n', `1:1 the manifest has to be a map of keys; found "fx-rates" → ${begin}`],
  ])('%j', (text, expected) => {
    expect(problems(text)).toEqual([expected]);
    expect(read(text).state).toBe('invalid');
  });

  it('names the four keys that are missing', () => {
    expect(read('title: FX\n').problems.map(({ message, subject }) => [message, subject])).toEqual([
      ['the manifest has no `apiVersion`, which is required: expected gonogo/v1', '/apiVersion'],
      ['the manifest has no `kind`, which is required: expected Service', '/kind'],
      [
        'the manifest has no `name`, which is required: expected a name of lower-case letters, digits and hyphens, e.g. payments-api',
        '/name',
      ],
      ['the manifest has no `tier`, which is required: expected 1, 2, 3 or 4', '/tier'],
    ]);
  });

  it('of another format or version gets one sentence, not forty', () => {
    expect(problems('apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: fx }\nspec: {}\n')).toEqual([
      '1:1 `apiVersion` has to be gonogo/v1; found "backstage.io/v1alpha1" → What belongs here: Version of this format: gonogo/v1.',
      '2:1 `kind` has to be Service; found "Component" → What belongs here: What is described: Service.',
    ]);
  });
});

describe('unknown keys', () => {
  it.each([
    ['teir: 1', `5:1 the manifest has no key \`teir\`; did you mean \`tier\`? → Rename it to \`tier\`, ${OWN_KEY}`],
    [
      'owners: a',
      `5:1 the manifest has no key \`owners\`; did you mean \`owner\`? → Rename it to \`owner\`, ${OWN_KEY}`,
    ],
    [
      'rto: 1h',
      `5:1 the manifest has no key \`rto\`; it belongs in \`data.stores[]\` → Move it to \`data.stores[]\`, ${OWN_KEY}`,
    ],
    [
      'colour: red',
      `5:1 the manifest has no key \`colour\` → Use a key that \`gonogo schema service\` knows, ${OWN_KEY}`,
    ],
    [
      'owner: { team: a, slack: b }',
      `5:19 \`owner\` has no key \`slack\` → Use one of team, contact, repo_teams, people, evidence, ${OWN_KEY}`,
    ],
    [
      'dependencies:\n  - id: redis\n    timeout: { conect: 1s }',
      `7:16 \`dependencies[redis].timeout\` has no key \`conect\`; did you mean \`connect\`? → Rename it to \`connect\`, ${OWN_KEY}`,
    ],
    [
      'journeys: [{ id: j, steps: [{ componet: x }] }]',
      `5:31 \`journeys[j].steps[0]\` has no key \`componet\`; did you mean \`component\`? → Rename it to \`component\`, ${OWN_KEY}`,
    ],
    [
      'nfrs: { Latency: 2s }',
      `5:9 \`nfrs\` has the key "Latency"; a key here is lower-case letters, digits and underscores, beginning with a letter → Rename it, ${OWN_KEY}`,
    ],
  ])('%j', (rest, expected) => {
    expect(wrongWith(rest)).toEqual([expected]);
  });

  it('are free when they begin with x-, anywhere', () => {
    expect(
      wrongWith('x-team: { any: [thing] }\nowner: { team: a, x-floor: 3 }\nnfrs: { x-note: [] }\nleads: { x-y: 1 }'),
    ).toEqual([]);
  });
});

describe('wrong values', () => {
  it.each([
    ['owner: 5', '5:1 `owner` has to be some text, or a map with `team`; found 5 → Put it in quotes: "5".'],
    [
      'owner:',
      "5:1 `owner` has to be some text, or a map with `team`; found nothing → What belongs here: The team that answers for the service. Short form: the team's name.",
    ],
    [
      'owner: []',
      "5:1 `owner` has to be some text, or a map with `team`; found an empty list → What belongs here: The team that answers for the service. Short form: the team's name.",
    ],
    [
      'owner: {}',
      '5:1 `owner` has no `team`, which is required: expected some text → Add `team:`. The team, not a person, e.g. team-payments.',
    ],
    ['stage: beta1', '5:1 `stage` has to be design, build, beta, live or sunset; found "beta1" → Did you mean beta?'],
    ['title: true', '5:1 `title` has to be some text; found true → Put it in quotes: "true".'],
    [
      'data: { pii: yes }',
      '5:9 `data.pii` has to be true or false; found "yes" → What belongs here: true when there is personal data in it.',
    ],
    [
      'oncall: { participants: 2.5 }',
      '5:11 `oncall.participants` has to be a whole number, 0 or more; found 2.5 → What belongs here: How many people take turns, e.g. 5.',
    ],
    [
      'observability: { traces: 7 }',
      '5:18 `observability.traces` has to be a number from 0 to 1; found 7 → What belongs here: How requests are traced. Short form: the sampling rate.',
    ],
    [
      'stages: { live: 2026-1-2 }',
      '5:11 `stages.live` has to be a day as YYYY-MM-DD, e.g. 2026-03-02; found "2026-1-2" → What belongs here: First day in production for everyone, as YYYY-MM-DD.',
    ],
    [
      'slos: [{ id: a, target: 100.5 }]',
      '5:17 `slos[a].target` has to be a percentage as a number above 0 and up to 100, without the sign, e.g. 99.95; found 100.5 → What belongs here: Share of good events or time, in percent, e.g. 99.95. Left out when the file at `evidence` says it.',
    ],
    [
      'dependencies: [{ id: redis, timeout: { request: fast } }]',
      '5:40 `dependencies[redis].timeout.request` has to be a number and its unit: ms, s, m, h, d or w, e.g. 300ms; found "fast" → What belongs here: Longest wait for the answer, e.g. 900ms.',
    ],
    [
      'dependencies: [{ id: redis, timeout: 900 }]',
      '5:29 `dependencies[redis].timeout` has to be a number and its unit: ms, s, m, h, d or w, e.g. 300ms, or a map; found 900 → What belongs here: How long the service waits for it. Short form: the request timeout, e.g. 900ms.',
    ],
    [
      'dependencies: [card gateway]',
      '5:16 `dependencies[0]` has to be a name of letters, digits, dots, hyphens and underscores; found "card gateway" → Correct the value.',
    ],
    [
      'handover: [docs/a.md]',
      '5:1 `handover` has to be a path, a glob, path#section or a URL, e.g. docs/runbooks/rollback.md#steps; found a list → What belongs here: The document a new team would take over with.',
    ],
    [
      'journeys: [{ id: j, steps: [{ parallel: [{ component: a, budget: { availability: "99.9" } }] }] }]',
      '5:68 `journeys[j].steps[0].parallel[a].budget.availability` has to be a percentage as a number above 0 and up to 100, without the sign, e.g. 99.95; found "99.9" → What belongs here: Share that succeeds here, in percent, e.g. 99.95.',
    ],
    [
      'journeys: [{ id: j, steps: [{}] }]',
      '5:29 `journeys[j].steps[0]` has no `component`, which is required: expected a name of letters, digits, dots, hyphens and underscores → Add `component:`. Name of the service or dependency, e.g. card-gateway.',
    ],
    ['reviewed: 2026-02-30', '5:1 `reviewed.on` is 2026-02-30, a day that does not exist → Correct the date.'],
    [
      'dependencies: [redis, { id: redis }]',
      '5:25 `dependencies` has two items with the id redis → Give each its own id: waivers and history go by it.',
    ],
  ])('%j', (rest, expected) => {
    expect(wrongWith(rest)).toEqual([expected]);
    expect(read(HEAD + rest).state).toBe('invalid');
  });

  it('in the future are said, and the rest of the claims still counts', () => {
    const manifest = read(
      `${HEAD}reviewed: 2026-09-02\nstages: { live: 2027-01-01 }\nrelease: { rollback: { tested_on: 2026-09-01 } }\n`,
    );
    expect(manifest.problems).toEqual([
      {
        message: '`reviewed.on` is 2026-09-02, which is in the future on 2026-09-01',
        fix: 'Give the day on which it was done.',
        subject: '/reviewed/on',
        at: { path: 'gonogo.yaml', line: 5, column: 1 },
      },
    ]);
    expect(manifest.state).toBe('valid');
    expect(manifest.claims.stages?.live).toBe('2027-01-01');
  });

  it('are listed from top to bottom, twenty at most', () => {
    const found = wrongWith(Array.from({ length: 33 }, (_, index) => `wrong_${index}: 1`).join('\n'));
    expect(found).toHaveLength(21);
    expect(found[0]).toMatch(/^5:1 the manifest has no key `wrong_0`/);
    expect(found[20]).toBe('25:1 and 13 more problems in this file → Correct those above first.');
  });
});

describe('errors about other files', () => {
  const params = { additionalProperty: 'expire' };
  const parentSchema = { properties: { expires: {} } };
  it('are one sentence with a pointer', () => {
    const base = { instancePath: '/waivers/0', schemaPath: '', parentSchema };
    expect(describeError({ ...base, keyword: 'additionalProperties', params })).toEqual({
      message: '`waivers[0]` has no key `expire`; did you mean `expires`?',
      pointer: '/waivers/0/expire',
    });
    expect(describeError({ ...base, keyword: 'required', params: { missingProperty: 'rule' } })).toEqual({
      message: '`waivers[0]` has no `rule`, which it needs',
      pointer: '/waivers/0',
    });
    const short = { ...base, instancePath: '/waivers/0/reason', keyword: 'minLength', params: {}, data: 'later' };
    expect(describeError({ ...short, parentSchema: { type: 'string', minLength: 15 } }).message).toBe(
      '`waivers[0].reason` has to be a text of at least 15 characters; found "later"',
    );
    expect(describeError(undefined).message).toBe('it does not fit the schema');
  });
});
