import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeholderIn, says } from '../../src/checks/placeholders.ts';
import { anyCharacter } from '../any-character.ts';

describe('placeholderIn', () => {
  it.each([
    'TODO',
    'todo',
    'TBD',
    'contact TBC',
    'TODO: ask the ledger team',
    'TODO ask Jo',
    'runbook is FIXME',
    '<team>',
    'team-<name>',
    '{{ cookiecutter.team }}',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder of somebody's template is what is looked for
    'PD-${SCHEDULE}',
    'change_me',
    'https://runbooks.example.com/pay',
    'ops@example.org',
    'https://pay.example/sla',
    'Lorem ipsum dolor sit amet',
    'N/A',
    'n/a.',
    'unknown',
    '???',
    '…',
    'your-team',
    'my_service',
    'foobar',
  ])('finds one in %j', (text) => {
    expect(placeholderIn(text)).toBeDefined();
    expect(says(text)).toBe(false);
  });

  it.each([
    'todo-api',
    'a TODO app for households',
    'TODO lists that a household shares',
    'team-payments',
    'N/A: rates are compiled in',
    'ops <ops@lumenpay.io>',
    'https://counterexample.com/a',
    'https://example-shop.lumenpay.io',
    'unknown callers are refused',
    'p99 < 400 ms and > 10 rps',
    'https://pay.lumenpay.io/orders/{id}',
    'The Foo Fighters ticket shop',
    '-',
    'Mon-Fri 08-18',
  ])('finds none in %j', (text) => {
    expect(placeholderIn(text)).toBeUndefined();
  });

  it('never throws, answers at once and cites words of the text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 3000, unit: anyCharacter }), (text) => {
        const found = placeholderIn(text);
        if (found) expect(text).toContain(found.words);
      }),
    );
    expect(placeholderIn('{{'.repeat(50_000))).toBeUndefined();
    expect(placeholderIn(`${'<a'.repeat(50_000)}`)).toBeUndefined();
    expect(placeholderIn('w.'.repeat(50_000))).toBeUndefined();
  });
});
