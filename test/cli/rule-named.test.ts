import { describe, expect, it } from 'vitest';
import { ruleNamed } from '../../src/cli/rule-named.ts';
import type { InputError } from '../../src/input-error.ts';

const IDS = new Map([
  ['runbooks/fresh', 'runbooks/fresh'],
  ['runbooks/runbook-fresh', 'runbooks/fresh'],
  ['operations/fresh', 'operations/fresh'],
  ['ownership/oncall-declared', 'ownership/oncall-declared'],
]);

describe('the rule that a word means', () => {
  it.each([
    ['runbooks/fresh', 'runbooks/fresh'],
    ['runbooks/runbook-fresh', 'runbooks/fresh'],
    ['runbook-fresh', 'runbooks/fresh'],
    ['oncall-declared', 'ownership/oncall-declared'],
  ])('%s', (word, id) => {
    expect(ruleNamed(word, IDS, 'explain')).toBe(id);
  });

  it('is not known where it is of a policy or a checklist that nobody named, and the answer tells how', () => {
    try {
      ruleNamed('acme/canary', IDS, 'explain');
      expect.unreachable();
    } catch (error) {
      expect((error as InputError).hint).toContain('--policy FILE or --checklist FILE');
    }
  });

  it('is asked for in full when several end so', () => {
    expect(() => ruleNamed('fresh', IDS, 'explain')).toThrow('"fresh" may mean runbooks/fresh or operations/fresh');
  });
});
