/** The table of lifecycles: every entry well formed, newest first, with a source and the day it was checked; Node.js as its own schedule says. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isDate } from '../../src/dates.ts';
import { LIFECYCLES } from '../../src/generated/lifecycles.ts';
import { compareNumbers, isDotted } from '../../src/lifecycles/numbers.ts';

const PRODUCTS = Object.entries(LIFECYCLES);

describe('the table of lifecycles', () => {
  it.each(PRODUCTS)('%s has a source, the day it was checked, and days that are days', (_, product) => {
    expect(product.source).toMatch(/^https:\/\/\S+$/);
    expect(isDate(product.checked)).toBe(true);
    for (const { end, extendedEnd } of product.cycles) {
      expect(end === false || isDate(end)).toBe(true);
      if (extendedEnd !== undefined) expect(isDate(extendedEnd) && extendedEnd > String(end)).toBe(true);
    }
  });

  it.each(PRODUCTS)('%s has each cycle once, newest first', (_, { cycles }) => {
    const names = cycles.map(({ cycle }) => cycle);
    expect(new Set(names).size).toBe(names.length);
    if (names.every(isDotted)) expect([...names].sort((a, b) => compareNumbers(b, a))).toEqual(names);
  });

  it.each(PRODUCTS)('%s calls only cycles by codenames', (_, { cycles, codenames }) => {
    const names = cycles.map(({ cycle }) => cycle);
    expect(Object.values(codenames).filter((cycle) => !names.includes(cycle))).toEqual([]);
  });

  it('knows about thirty products and more', () => {
    expect(PRODUCTS.length).toBeGreaterThan(30);
  });

  it('has the days of Node.js from its schedule', () => {
    const path = 'node_modules/node-releases/data/release-schedule/release-schedule.json';
    const schedule = JSON.parse(readFileSync(path, 'utf8')) as Readonly<Record<string, { end: string }>>;
    for (const { cycle, end } of LIFECYCLES.node?.cycles ?? []) expect(end).toBe(schedule[`v${cycle}`]?.end);
    expect(LIFECYCLES.node?.cycles.map(({ cycle }) => cycle)).toEqual(expect.arrayContaining(['18', '20', '22', '24']));
  });

  it('was checked no longer ago than the package with the schedule allows', () => {
    // A release that starts after the day the table was checked is not out by then.
    const path = 'node_modules/node-releases/data/release-schedule/release-schedule.json';
    const schedule = JSON.parse(readFileSync(path, 'utf8')) as Readonly<Record<string, { start: string }>>;
    const { checked = '', cycles = [] } = LIFECYCLES.node ?? {};
    for (const { cycle } of cycles) expect((schedule[`v${cycle}`]?.start ?? '9') <= checked).toBe(true);
  });

  it.each([
    ['node', '20', '2026-04-30'],
    ['python', '3.9', '2025-10-31'],
    ['debian', '12', '2026-07-11'],
    ['ubuntu', '20.04', '2025-05-31'],
    ['dotnet', '8', '2026-11-10'],
    ['postgres', '13', '2025-11-13'],
    ['aws-lambda', 'nodejs18.x', '2025-09-01'],
    ['centos', '7', '2024-06-30'],
  ])('%s %s ends on %s', (key, cycle, end) => {
    expect(LIFECYCLES[key]?.cycles.find((it) => it.cycle === cycle)?.end).toBe(end);
  });
});
