/** Every order against verdicts of its reference implementation, kept in test/versions/tables. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NAMED_ORDERS } from './named-orders.ts';

const FOLDER = join(import.meta.dirname, 'tables');
const SIGNS: Readonly<Record<string, string>> = { '-1': '<', '0': '=', '1': '>' };

function rows(file: string): readonly (readonly string[])[] {
  return readFileSync(join(FOLDER, file), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split('\t').map((cell) => JSON.parse(`"${cell}"`) as string));
}

/** What the order says to a row's question, in the row's words. */
function answer(name: string, [question = '', a = '', b = '']: readonly string[]): string | undefined {
  const order = NAMED_ORDERS.get(name);
  if (order === undefined) return undefined;
  if (question === 'compare') return SIGNS[String(Math.sign(order.compare(a, b)))];
  if (question === 'version') return order.isVersion(a) ? 'yes' : 'no';
  if (question === 'prerelease') return order.isPrerelease(a) ? 'yes' : 'no';
  const met = order.satisfies(a, b);
  if (met === undefined) return 'refused';
  return met ? 'yes' : 'no';
}

describe.each(readdirSync(FOLDER))('%s', (file) => {
  const name = basename(file, '.tsv');

  it('is answered as by the reference, row by row', () => {
    const wrong = rows(file).filter((row) => answer(name, row) !== row.at(-1));
    expect(wrong.map((row) => `${row.join('  ')}, not ${answer(name, row)}`)).toEqual([]);
  });

  it('reads the same backwards', () => {
    const turned: Readonly<Record<string, string>> = { '<': '>', '=': '=', '>': '<' };
    const pairs = rows(file).filter(([question]) => question === 'compare');
    expect(pairs.length).toBeGreaterThan(150);
    const wrong = pairs.filter(([, a = '', b = '', sign = '']) => answer(name, ['compare', b, a]) !== turned[sign]);
    expect(wrong).toEqual([]);
  });
});

it('has a table for every order', () => {
  expect(readdirSync(FOLDER).map((file) => basename(file, '.tsv'))).toEqual([...NAMED_ORDERS.keys()].sort());
});
