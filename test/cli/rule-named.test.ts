import { describe, expect, it } from 'vitest';
import { ruleNamed } from '../../src/cli/rule-named.ts';

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

  it('is asked for in full when several end so', () => {
    expect(() => ruleNamed('fresh', IDS, 'explain')).toThrow('"fresh" may mean runbooks/fresh or operations/fresh');
  });
});
