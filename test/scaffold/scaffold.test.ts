/** Documents to begin with: each is where the rules look for it, and none satisfies them before it is filled in. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isStub } from '../../src/evidence/pages/stub.ts';
import { collector as records } from '../../src/evidence/records.ts';
import { findingOn } from '../../src/examples/answer.ts';
import { CHECKLISTS } from '../../src/generated/checklists.ts';
import { memoryRepo } from '../../src/repo/memory.ts';
import { isOneOfMany, KINDS, type KindName } from '../../src/scaffold/kinds.ts';
import { type Begun, scaffold } from '../../src/scaffold/scaffold.ts';
import { anyCharacter } from '../any-character.ts';
import { sourcesOf } from '../evidence/sources-of.ts';

type Files = Readonly<Record<string, string>>;

const AS_OF = '2026-11-16';
const BARE = { 'gonogo.yaml': 'apiVersion: gonogo/v1\nkind: Service\nname: orders-api\ntier: 1\n' };
/** Says whatever a template may take up. */
const FULL = {
  'gonogo.yaml': `${BARE['gonogo.yaml']}title: Orders
description: Takes orders for the shop.
owner: { team: team-orders, contact: "#team-orders" }
escalation: [{ who: on-call, contact: "pagerduty:orders", after: 0m }, { who: head of orders, after: 15m }]
environments: [{ id: prod, url: "https://orders.lumenpay.io" }]
dependencies: [{ id: stock, owner: team-stock, contact: "#team-stock", impact: Orders wait. }]
runbooks: { dir: docs/runbooks }
failure_modes: [{ id: stock-down, cause: dep:stock, alert: StockUnreachable, effect: Orders wait., mitigation: Queue them. }]
data: { classification: confidential, pii: true, stores: [{ id: orders-db, kind: postgres, rpo: 5m, rto: 1h, restore_runbook: docs/runbooks/db.md }] }
`,
  'ops/alerts.yaml':
    'groups:\n  - name: o\n    rules:\n      - alert: StockUnreachable\n        expr: stock_up == 0\n        for: 2m\n        annotations: { summary: The stock does not answer }\n',
};
const NAMES: Readonly<Partial<Record<KindName, string>>> = {
  runbook: 'StockUnreachable',
  postmortem: 'StockUnreachable',
  drill: 'stock-down',
};
const WORDS = Object.keys(KINDS) as readonly KindName[];
const RULES = CHECKLISTS.flatMap(({ rules }) => rules.map(({ id }) => id));

function begin(files: Files, word: KindName, name: string | undefined = NAMES[word]): Promise<Begun> {
  return scaffold(
    { repo: memoryRepo({ name: 'shop', files }), dir: '', rootNamed: () => undefined },
    word,
    name,
    AS_OF,
  );
}

async function standing(files: Files, rule: string): Promise<string> {
  const example = {
    title: '',
    expects: 'either',
    files,
    roots: {},
    commits: [],
    versions: {},
    outside: [],
    traits: {},
    answer: [0, 0],
  } as const;
  return (await findingOn(example, rule)).standing;
}

/** The files with the document, and with the claim that names it. */
async function withDocument(files: Files, word: KindName): Promise<Files> {
  const { path, text } = await begin(files, word);
  const claims: Readonly<Partial<Record<KindName, string>>> = {
    handover: `handover: ${path}\n`,
    'threat-model': `security: { threat_model: { path: ${path} } }\n`,
    postmortem: 'operations: { postmortems: docs/postmortems }\n',
    drill: 'operations: { drills: docs/drills }\n',
    'debt-log': `operations: { tech_debt: { log: ${path} } }\n`,
    'ops-stats': 'operations: { stats: ops/stats }\n',
  };
  return { ...files, 'gonogo.yaml': `${files['gonogo.yaml']}${claims[word] ?? ''}`, [path]: text };
}

describe.each(WORDS)('a %s that was begun', (word) => {
  const { rule } = KINDS[word];

  it.each([
    ['from a bare manifest', BARE],
    ['from all that a manifest can say', FULL],
  ])(`is refused by its rule, %s`, async (_, files) => {
    // Where a rule is not there yet, what is marked says so all the same.
    if (RULES.includes(rule))
      expect(['missing', 'unknown', 'contradicted', 'stale']).toContain(
        await standing(await withDocument(files, word), rule),
      );
    const { text } = await begin(files, word);
    expect(text).toContain('TODO');
  });

  it('marks every gap in the way that the readers of pages know', async () => {
    for (const files of [BARE, FULL]) {
      const { text } = await begin(files, word);
      const marked = text.split('\n').filter((line) => line.includes('TODO'));
      expect(
        marked.filter(
          (line) =>
            !/^\w+: TODO$/.test(line) &&
            !/^(?:\|\s*TODO\s*)+\|$/.test(line) &&
            !/(?:,TODO)+,$/.test(line) &&
            !isStub(line.replace(/^(?:- (?:\[ \] )?|\d+\. )?/, '')),
        ),
      ).toEqual([]);
    }
  });
});

describe('what is begun', () => {
  it('is filled with what is known', async () => {
    expect(await begin(FULL, 'runbook')).toMatchInlineSnapshot(`
      {
        "path": "docs/runbooks/stock-unreachable.md",
        "root": "",
        "rule": "runbooks/no-stubs",
        "text": "# StockUnreachable

      ## Meaning

      The stock does not answer

      It fires after \`2m\` where this is true:

      \`\`\`promql
      stock_up == 0
      \`\`\`

      ## Impact

      TODO: what users notice, how many they are, and from when on it gets worse

      ## Diagnosis

      1. TODO: the first thing to look at, with its command or query, and what each answer means

      ## Mitigation

      1. TODO: what to do for each cause, with the commands to paste

      ## Verification

      TODO: how to see that it is over

      ## Escalation

      - after 0m: on-call, \`pagerduty:orders\`
      - after 15m: head of orders
      ",
      }
    `);
    expect((await begin(FULL, 'handover')).text).toMatchInlineSnapshot(`
      "# Taking over Orders

      TODO: when it was last reviewed, as "Reviewed: YYYY-MM-DD", and by whom

      ## What it is and for whom

      Takes orders for the shop.

      ## Architecture

      TODO: the parts, what talks to what, and the decisions that shaped it

      - \`orders-db\` (postgres), at most 5m of data may be lost, back within 1h; restored by \`docs/runbooks/db.md\`

      ## Dependencies

      - \`stock\` of team-stock, \`#team-stock\`: Orders wait.

      ## Environments

      - \`prod\`: \`https://orders.lumenpay.io\`

      ## Deploy and roll back

      TODO: how a change reaches production, how long it takes, how it is taken back, who may do so

      ## Operate

      Runbooks: docs/runbooks

      Alerts: \`StockUnreachable\`

      TODO: what has to be done by hand, how often, and what to watch

      ## Debt and open risks

      TODO: what is known to be wrong, what it costs, and what was going to be done next

      TODO: what the team that leaves is worried about

      ## Contacts

      Owner: team-orders, #team-orders

      - after 0m: on-call, \`pagerduty:orders\`
      - after 15m: head of orders

      TODO: who of the team that leaves answers questions, and until when
      "
    `);
    expect((await begin(FULL, 'ops-stats')).text).toMatchInlineSnapshot(`
      "week,availability_percent,latency_p95_ms,requests,incidents_critical,incidents_major,incidents_standard,time_to_react_min,time_to_resolve_min,bugs,sla_percent,action
      2026-11-09,TODO,TODO,TODO,TODO,TODO,TODO,TODO,TODO,TODO,TODO,
      "
    `);
  });

  it('has none of the parts of a record', async () => {
    for (const word of ['postmortem', 'drill'] as const) {
      const { path, text } = await begin(FULL, word);
      const { facts } = await records.collect(await sourcesOf({ [path]: text }));
      expect(facts.records).toMatchObject([{ kind: word === 'drill' ? 'exercise' : word, date: AS_OF, parts: [] }]);
    }
  });

  it.each([
    ['runbook', 'runbooks: { dir: ops/books }', 'ops/books/stock-unreachable.md'],
    ['drill', 'operations: { drills: "ops/drills/*.md" }', 'ops/drills/2026-11-16-stock-down.md'],
    ['handover', 'handover: HANDOVER.md', 'HANDOVER.md'],
    ['threat-model', 'security: { threat_model: { path: security/model.md } }', 'security/model.md'],
    ['ops-stats', 'operations: { stats: numbers }', 'numbers/weekly.csv'],
    ['debt-log', 'tier_reason: x', 'docs/debt.md'],
  ] as const)('is where the manifest keeps it: %s with %s', async (word, claim, path) => {
    const files = { 'gonogo.yaml': `${BARE['gonogo.yaml']}${claim}\n` };
    expect(await begin(files, word)).toMatchObject({ path });
  });

  it.each([
    ['handover', 'handover: "https://wiki.lumenpay.io/handover"', 'the manifest keeps it elsewhere'],
    ['drill', 'operations: { drills: "repo:lumenpay/drills//2026" }', 'the manifest keeps it elsewhere'],
    ['drill', 'tier: x', 'gonogo.yaml is not valid'],
  ] as const)('is refused where there is no place for it: %s with %s', async (word, claim, sentence) => {
    const text =
      claim === 'tier: x' ? BARE['gonogo.yaml'].replace('tier: 1', claim) : `${BARE['gonogo.yaml']}${claim}\n`;
    await expect(begin({ 'gonogo.yaml': text }, word)).rejects.toThrow(sentence);
  });

  it('needs a name where there are many, and one service', async () => {
    for (const word of WORDS.filter((it) => isOneOfMany(KINDS[it])))
      await expect(
        scaffold({ repo: memoryRepo({ files: BARE }), dir: '', rootNamed: () => undefined }, word, undefined, AS_OF),
      ).rejects.toThrow('needs a name');
    await expect(
      begin({ 'a/gonogo.yaml': BARE['gonogo.yaml'], 'b/gonogo.yaml': BARE['gonogo.yaml'] }, 'handover'),
    ).rejects.toThrow('2 services are here');
    await expect(begin(BARE, 'drill', '…')).rejects.toThrow('no letter or digit');
  });

  it('stays in its folder whatever it is called', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: anyCharacter, maxLength: 30 }),
        fc.constantFrom(...WORDS),
        async (name, word) => {
          const begun = await begin(BARE, word, `x${name}`);
          expect(begun.path).toMatch(/^(?:docs|ops)\/[^.]+\.(?:md|csv)$/u);
          expect(begun.path).not.toMatch(/\.\.|\p{Cc}|\\/u);
        },
      ),
      { numRuns: 60 },
    );
  });
});
