import { describe, expect, it } from 'vitest';
import { CHECKLISTS, ESTATE } from '../../src/generated/checklists.ts';
import { SCHEMAS } from '../../src/generated/schemas.ts';
import { temporaryFolder } from '../repo/temporary.ts';
import type { Ran } from './run.ts';
import { runUntouched } from './untouched.ts';

function ask(...args: readonly string[]): Ran {
  return runUntouched(temporaryFolder(), args);
}

const IDS = [...CHECKLISTS, ESTATE].flatMap((list) => list.rules.map((rule) => rule.id));

describe('gonogo schema', () => {
  it.each(Object.keys(SCHEMAS))('%s prints a JSON Schema', (name) => {
    const { status, stdout, stderr } = ask('schema', name);
    expect(JSON.parse(stdout)).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('names the schemas in its help', () => {
    const { stdout } = ask('schema', '--help');
    for (const name of Object.keys(SCHEMAS)) expect(stdout.replace(/\s+/g, ' ')).toContain(name);
  });

  it.each([
    ['servcie', '  did you mean "service"?\n'],
    ['weather', `  schemas: ${Object.keys(SCHEMAS).join(', ')}\n`],
    ['__proto__', `  schemas: ${Object.keys(SCHEMAS).join(', ')}\n`],
  ])('%s is none', (name, hint) => {
    expect(ask('schema', name)).toEqual({
      status: 2,
      stdout: '',
      stderr: `error: there is no schema "${name}"\n${hint}`,
    });
  });
});

describe('gonogo rules', () => {
  it('--format json lists every rule once, as data', () => {
    const { status, stdout, stderr } = ask('rules', '--format', 'json');
    const rules = JSON.parse(stdout) as readonly { readonly id: string; readonly severity: object }[];
    expect(rules.map(({ id }) => id).sort()).toEqual([...IDS].sort());
    for (const { severity } of rules) expect(Object.keys(severity)).toEqual(['tier1', 'tier2', 'tier3', 'tier4']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('the table names every rule', () => {
    const { status, stdout } = ask('rules');
    for (const id of IDS) expect(stdout).toContain(id);
    expect(status).toBe(0);
  });
});

const NONE =
  '`gonogo rules` lists them all; a rule of your organisation is there with --policy FILE or --checklist FILE, as for check\n';

describe('gonogo explain', () => {
  it('explains a rule by its id and by the part after the area', () => {
    const [whole, tail] = [ask('explain', 'ownership/oncall-declared'), ask('explain', 'oncall-declared')];
    expect(whole.stdout).toContain('ownership/oncall-declared');
    expect(whole).toMatchObject({ status: 0, stderr: '' });
    expect(tail).toEqual(whole);
  });

  it.each(
    CHECKLISTS.flatMap((list) =>
      list.rules.flatMap((rule) => (rule.aliases ?? []).slice(0, 1).map((alias) => [alias, rule.id] as const)),
    ).slice(0, 3),
  )('explains %s, which is now %s', (alias, id) => {
    expect(ask('explain', alias)).toEqual(ask('explain', id));
  });

  it.each([
    ['ownership/oncall-declard', '  did you mean "ownership/oncall-declared"?\n'],
    ['oncall-declard', '  did you mean "ownership/oncall-declared"?\n'],
    ['weather', `  ${NONE}`],
    ['', `  ${NONE}`],
  ])('%s is no rule', (word, hint) => {
    expect(ask('explain', word)).toEqual({
      status: 2,
      stdout: '',
      stderr: `error: no rule is called "${word}" (explain)\n${hint}`,
    });
  });
});
