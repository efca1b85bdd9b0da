/** Whatever stands in a policy, and whatever it names, is answered with a policy or with one sentence, its place and a way out. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeLayers } from '../../src/checklist/merge-policy.ts';
import { parseLayer } from '../../src/checklist/policy-layer.ts';
import { InputError } from '../../src/input-error.ts';
import { below } from '../../src/manifest/pointer.ts';
import { memoryRepo } from '../../src/repo/memory.ts';
import { judgedShelf } from '../../src/repo/shelf.ts';
import { anyCharacter } from '../any-character.ts';
import { temporaryFolder, write } from '../repo/temporary.ts';
import { HEAD, inside, operators, repositorys } from './policy-files.ts';

const word = fc.oneof(
  fc.constantFrom(
    'a.yaml',
    'gonogo.policy.yaml',
    './x/../a.yaml',
    'npm:rules',
    'npm:@acme/x',
    `git:.#${'0'.repeat(40)}:a.yaml`,
    'git:#:',
    'https://example.test/a.yaml',
    '__proto__',
    'constructor',
    '\0',
    '..',
    '.',
    '/',
    'x\\y',
  ),
  fc.string({ maxLength: 20 }),
);
const rule = fc.constantFrom('manifest/present', 'manifest/reviewed-recently', 'ownership/owner-named', 'no/such');
const tier = fc.constantFrom('tier1', 'tier2', 'tier3', 'tier4');
const level = fc.constantFrom('critical', 'major', 'standard', 'off');
const override = fc.record(
  {
    enabled: fc.boolean(),
    severity: fc.dictionary(tier, level, { maxKeys: 4 }),
    proof: fc.constantFrom('optional', 'required'),
    with: fc.dictionary(fc.constantFrom('max_age', 'tier1', '__proto__'), fc.oneof(fc.constant('30d'), fc.jsonValue())),
    non_waivable: fc.boolean(),
  },
  { requiredKeys: [] },
);
const words = fc.array(word, { maxLength: 3 });
const policy = fc.record(
  {
    apiVersion: fc.constant('gonogo/v1'),
    kind: fc.constant('Policy'),
    extends: words,
    checklists: words,
    plugins: words,
    waivers: fc.dictionary(fc.constantFrom('critical', 'major'), fc.constantFrom('1d', '900d')),
    severity_map: fc.dictionary(fc.string({ maxLength: 5 }), fc.constantFrom('critical', 'major', 'standard')),
    paging: fc.record(
      { labels: fc.dictionary(fc.string({ maxLength: 5 }), words), receivers: words },
      { requiredKeys: [] },
    ),
    private_packages: fc.dictionary(fc.constantFrom('npm', 'Go', 'odd'), words),
    rules: fc.dictionary(rule, override, { maxKeys: 3 }),
    requires: fc.constantFrom('>=0.1', '>9', 'x y z'),
  },
  { requiredKeys: ['apiVersion', 'kind'] },
);
const text = fc.oneof(
  { weight: 3, arbitrary: policy.map((it) => JSON.stringify(it)) },
  { weight: 1, arbitrary: fc.tuple(policy, fc.nat({ max: 300 })).map(([it, cut]) => JSON.stringify(it).slice(0, cut)) },
  { weight: 1, arbitrary: fc.string({ maxLength: 200 }).map((it) => HEAD + it) },
  { weight: 1, arbitrary: fc.string({ unit: anyCharacter, maxLength: 200 }) },
);

/** Anything but an InputError fails the property. */
async function answered(loading: Promise<unknown>): Promise<void> {
  try {
    await loading;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    expect([error.message, error.at, error.hint].every((it) => it.trim() !== '')).toBe(true);
    expect(error.message).not.toMatch(/\n|TypeError|undefined/);
  }
}

describe('any text at all', () => {
  it('in the judged repository, with another one beside it', async () => {
    await fc.assert(
      fc.asyncProperty(text, text, (own, other) =>
        answered(repositorys({ 'gonogo.policy.yaml': own, 'a.yaml': other })),
      ),
      { numRuns: 400 },
    );
  });

  it('named by the operator', async () => {
    const folder = temporaryFolder();
    await fc.assert(
      fc.asyncProperty(text, text, async (own, other) => {
        write(folder, { 'policy.yaml': own, 'a.yaml': other, 'node_modules/rules/gonogo.policy.yaml': other });
        await answered(operators(inside(folder), '/judged'));
      }),
      { numRuns: 200 },
    );
  });
});

const content = policy.map(({ extends: _, checklists, plugins, requires, private_packages, ...it }) => it);

describe('layers', () => {
  const shelf = judgedShelf(memoryRepo({ files: {} }));

  it('merge so that each value is the last one that was given, and has its line', () => {
    fc.assert(
      fc.property(fc.array(content, { minLength: 1, maxLength: 4 }), (contents) => {
        const layers = contents.flatMap((it, index) => {
          try {
            return [parseLayer({ shelf, path: `p${index}.yaml` }, JSON.stringify(it), '0.1.0')];
          } catch {
            return [];
          }
        });
        const { content: all, originOf } = mergeLayers(layers);
        for (const [id, { severity }] of Object.entries(all.rules ?? {}))
          for (const [name, value] of Object.entries(severity ?? {})) {
            const given = layers.filter(({ policy: its }) => Object.hasOwn(its.rules?.[id]?.severity ?? {}, name));
            expect(value).toBe(given.at(-1)?.policy.rules?.[id]?.severity?.[name as 'tier1']);
            expect(originOf(`${below('/rules', id)}/severity/${name}`)).toBe(`${given.at(-1)?.name}:1`);
          }
      }),
    );
  });

  it('merge with none but themselves into themselves', () => {
    fc.assert(
      fc.property(content, (it) => {
        const layer = (() => {
          try {
            return parseLayer({ shelf, path: 'p.yaml' }, JSON.stringify(it), '0.1.0');
          } catch {
            return undefined;
          }
        })();
        fc.pre(layer !== undefined);
        if (!layer) return;
        const { apiVersion, kind, ...said } = layer.policy;
        expect(mergeLayers([layer]).content).toEqual(said);
        expect(mergeLayers([layer, layer]).content).toEqual(said);
      }),
    );
  });
});
