/** Explanations of rules and the list of them. */
import { describe, expect, it } from 'vitest';
import { renderExplanation } from '../../src/report/explain.ts';
import { renderRules, rulesJson } from '../../src/report/rules.ts';
import { canvas } from './canvas.ts';
import { FULL_RULE, SMALL_RULE } from './sample-rule.ts';

describe('an explanation', () => {
  it.each([
    ['full-80', FULL_RULE, {}],
    ['full-40', FULL_RULE, { width: 40 }],
    ['full-pipe', FULL_RULE, { width: 0 }],
    ['full-colour', FULL_RULE, { colour: 1 as const }],
    ['small-80', SMALL_RULE, {}],
  ])('drawn as %s is as committed', async (name, rule, traits) => {
    await expect(renderExplanation(rule, canvas(traits))).toMatchFileSnapshot(`__golden__/explain-${name}.txt`);
  });

  it('shows no threshold for a tier that the rule does not apply to', () => {
    expect(renderExplanation(FULL_RULE, canvas())).toMatch(/max_age +180d +180d +365d +·/);
  });

  it('cuts a long example and says where the rest is', () => {
    const example = Array.from({ length: 60 }, (_, index) => `line ${index}`).join('\n');
    const text = renderExplanation({ ...FULL_RULE, example }, canvas());
    expect(text).toContain('line 39');
    expect(text).not.toContain('line 40');
    expect(text).toContain('20 more lines: fixtures/rules/runbooks/runbook-fresh.md');
  });

  it('shows values of every kind a parameter can have', () => {
    const values = [true, false, 12, 'text', [], ['a', 'b'], {}, { page: 'critical' }, undefined];
    const params = values.map((value, index) => ({ name: `p${index}`, doc: 'It counts.', default: value }));
    const text = renderExplanation({ ...FULL_RULE, check: { ...FULL_RULE.check, params } }, canvas());
    const shown = [...text.matchAll(/It counts\. \((.*)\)/g)].map(([, value]) => value);
    expect(shown).toEqual(['yes', 'no', '12', 'text', 'none', 'a, b', 'none', 'page: critical', 'none']);
  });

  it('links sources where the terminal follows links', () => {
    expect(renderExplanation(FULL_RULE, canvas({ hyperlinks: true }))).toContain(
      '\u001B]8;;https://handbook.lumenpay.io/operations/runbooks\u001B\\',
    );
  });
});

describe('the list of rules', () => {
  const rules = [SMALL_RULE, FULL_RULE];

  it.each([
    ['80', {}],
    ['40', { width: 40 }],
    ['colour', { colour: 1 as const }],
  ])('drawn at %s is as committed', async (name, traits) => {
    await expect(renderRules(rules, canvas(traits))).toMatchFileSnapshot(`__golden__/rules-${name}.txt`);
  });

  it('is complete as JSON, but for the example pages', () => {
    const { example: _, ...full } = FULL_RULE;
    expect(JSON.parse(rulesJson(rules))).toEqual([SMALL_RULE, full]);
  });
});
