/** What an organisation may change about the rules across services, and the short form of a severity. */
import { describe, expect, it } from 'vitest';
import { loadChecklist } from '../../src/checklist/load-checklist.ts';
import { explainRule } from '../../src/explained.ts';
import { ESTATE } from '../../src/generated/checklists.ts';
import { ESTATE_CHECKS } from '../../src/generated/estate-checks.ts';
import { temporaryFolder, write } from '../repo/temporary.ts';
import { HEAD, inside, operators } from './policy-files.ts';

async function yardstick(rules: string) {
  const folder = temporaryFolder();
  write(folder, { 'policy.yaml': `${HEAD}rules:\n  ${rules}\n` });
  return operators(inside(folder, 'policy.yaml'));
}

describe('a policy on rules across services', () => {
  it('sets the severity with one word, and parameters', async () => {
    const { policy, ...rest } = await yardstick('estate/tier-inversion: { severity: critical, with: { tier: 1 } }');
    const explained = await explainRule('estate/tier-inversion', { ...rest, ...(policy && { policy }) });
    expect(explained.severity).toEqual({ tier1: 'critical', tier2: 'critical', tier3: 'critical', tier4: 'critical' });
    expect(explained.check.params.map(({ name, default: value }) => [name, value])).toEqual([['tier', 1]]);
    expect(explained.policy?.map(({ change }) => change)).toEqual(['critical for every tier', 'tier 1']);
  });

  it.each([
    ['estate/hard-cycle: { severity: { tier1: critical } }', 'a severity for single tiers'],
    ['estate/tier-inversion: { with: { tier: { tier1: 1, tier2: 2 } } }', '"tier" for single tiers'],
    ['estate/hard-cycle: { effective_from: 2027-01-01 }', '"effective_from"'],
    ['estate/hard-cycel: { enabled: false }', 'no rule'],
    ['estate/library-drift: { with: { libarries: [react] } }', 'does not know'],
    ['estate/library-drift: { with: { libraries: react } }', 'refuses'],
  ])('refuses %s', async (rules, message) => {
    await expect(yardstick(rules)).rejects.toThrow(message);
  });

  it('sets one severity for all tiers of any other rule too', async () => {
    const { policy } = await yardstick('manifest/present: { severity: standard }');
    expect(policy?.rules?.['manifest/present']?.severity).toEqual({
      tier1: 'standard',
      tier2: 'standard',
      tier3: 'standard',
      tier4: 'standard',
    });
  });
});

describe('a checklist', () => {
  const text = (head: string, severity: string): string =>
    `area: acme\n${head}title: Acme\nintro: Ours.\nrules:\n  - id: acme/readme\n    statement: There is a readme.\n    severity: ${severity}\n    check: manifest/present\n    why: Because newcomers ask.\n    fix: Write one.\n`;

  it('may say one severity for all tiers', async () => {
    const { rules } = await loadChecklist(text('', 'major'), 'acme.yaml', []);
    expect(rules[0]?.severity).toEqual({ tier1: 'major', tier2: 'major', tier3: 'major', tier4: 'major' });
  });

  it('of an organisation may not claim to be about the estate', async () => {
    await expect(loadChecklist(text('subject: estate\n', 'major'), 'acme.yaml', [])).rejects.toThrow('only gonogo');
  });
});

describe('the checklist of the estate', () => {
  it('says the same severity for all tiers, positively, why and how', () => {
    for (const { id, statement, severity, why, fix } of ESTATE.rules) {
      expect(new Set(Object.values(severity)).size, id).toBe(1);
      expect(statement, id).toMatch(/^[A-Z].*\.$/s);
      expect(statement, id).not.toMatch(/^(no|never|nobody|nothing|there is no)\b/i);
      expect(why.trim(), id).toMatch(/^[A-Z"`].{30,}[.?]$/s);
      expect(fix.trim(), id).toMatch(/^[A-Z`].{20,}[.)]$/s);
    }
  });

  it('sets only parameters that the rules have', () => {
    for (const { id, with: given = {} } of ESTATE.rules)
      expect(Object.keys(ESTATE_CHECKS.get(id)?.params ?? {}), id).toEqual(expect.arrayContaining(Object.keys(given)));
  });
});
