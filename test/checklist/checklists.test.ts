/** The built-in checklists as a whole: ids, severities, texts; every check is used and every parameter they set exists and fits. */
import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadCheck } from '../../src/assess.ts';
import { type Checklist, type Entry, isPerTier } from '../../src/checklist/entry.ts';
import { CHECKLISTS, PROFILES } from '../../src/generated/checklists.ts';
import { CHECKS } from '../../src/generated/checks.ts';

const ENTRIES = CHECKLISTS.flatMap((list) => list.rules.map((rule) => ({ ...rule, area: list.area })));
const ajv = new Ajv2020();

/** Rules that show how an organisation writes its own; their pages are executed by a test of the command. */
function exampleEntries(): readonly Entry[] {
  const folder = 'fixtures/own-rules';
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'));
  return files.flatMap((file) => (parse(readFileSync(`${folder}/${file}`, 'utf8')) as Checklist).rules);
}

describe('the checklists', () => {
  it('use every check, the generic ones in the examples of own rules', () => {
    const used = new Set([...ENTRIES, ...exampleEntries()].map((entry) => entry.check ?? entry.id));
    expect(Object.keys(CHECKS).filter((id) => !used.has(id))).toEqual([]);
  });

  it('have ids and aliases that are unique and of one form', () => {
    const names = ENTRIES.flatMap((entry) => [entry.id, ...(entry.aliases ?? [])]);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(names.filter((name) => !/^[a-z-]+\/[a-z0-9-]+$/.test(name))).toEqual([]);
  });

  it('apply to tier 1, and are never stricter for a lesser tier', () => {
    const weight = { off: 0, standard: 1, major: 2, critical: 3 };
    const of = (entry: (typeof ENTRIES)[number], tier: 1 | 2 | 3 | 4) => weight[entry.severity[`tier${tier}`] ?? 'off'];
    for (const entry of ENTRIES) {
      expect(of(entry, 1), entry.id).toBeGreaterThan(0);
      expect([of(entry, 1), of(entry, 2), of(entry, 3), of(entry, 4)], entry.id).toEqual(
        [of(entry, 1), of(entry, 2), of(entry, 3), of(entry, 4)].sort((a, b) => b - a),
      );
    }
  });

  it('state positively, and say why and how in full sentences', () => {
    for (const { id, statement, why, fix } of ENTRIES) {
      expect(statement, id).toMatch(/^[A-Z].*\.$/s);
      expect(statement, id).not.toMatch(/^(no|never|nobody|nothing|there is no)\b/i);
      expect(why.trim(), id).toMatch(/^[A-Z"`].{30,}[.?]$/s);
      expect(fix.trim(), id).toMatch(/^[A-Z`].{20,}[.)]$/s);
    }
  });

  it.each(ENTRIES.map((entry) => [entry.id, entry] as const))(
    '%s sets only parameters that its check has, to values it takes',
    async (_, entry) => {
      const { params, summary } = await loadCheck(entry.check ?? entry.id);
      expect(summary.length).toBeGreaterThan(30);
      const overrides = Object.values(PROFILES).map((profile) => profile.rules[entry.id]?.with ?? {});
      for (const [name, given] of [entry.with ?? {}, ...overrides].flatMap((values) => Object.entries(values))) {
        const param = params[name];
        expect(param, `${entry.id} sets ${name}`).toBeDefined();
        for (const value of isPerTier(given) ? Object.values(given) : [given])
          expect(ajv.validate(param?.schema ?? false, value), `${entry.id} ${name} ${JSON.stringify(value)}`).toBe(
            true,
          );
      }
    },
  );
});
