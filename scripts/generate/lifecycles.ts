/** The table of lifecycles as data: data/lifecycles.yaml, and Node.js' own schedule from the package node-releases. Fails on what is not well formed. */
import { readFileSync } from 'node:fs';
import SCHEDULE from 'node-releases/data/release-schedule/release-schedule.json' with { type: 'json' };
import { parse } from 'yaml';
import { isDate } from '../../src/dates.ts';
import { compareNumbers, isDotted } from '../../src/lifecycles/numbers.ts';
import type { Cycle, Product } from '../../src/lifecycles/product.ts';

const KINDS = ['runtime', 'os', 'service', 'platform', 'tool', 'framework'];
/** Days that a cycle without an end is believed to be supported. */
const HOLDS = 180;

/** A product as the file has it. */
interface Entry extends Omit<Product, 'cycles' | 'holds' | 'codenames'> {
  readonly holds?: number;
  readonly cycles: 'node-releases' | Readonly<Record<string, readonly (string | false)[]>>;
  readonly codenames?: Readonly<Record<string, string>>;
}

/** `src/generated/lifecycles.ts`. */
export function generateLifecycles(): Record<string, string> {
  const table = parse(readFileSync('data/lifecycles.yaml', 'utf8')) as Readonly<Record<string, Entry>>;
  const products = Object.fromEntries(Object.entries(table).map(([key, entry]) => [key, productOf(key, entry)]));
  return {
    'src/generated/lifecycles.ts': [
      '// Written by scripts/generate.ts from data/lifecycles.yaml and node-releases. Do not edit.\n',
      "import type { Product } from '../lifecycles/product.ts';",
      '',
      '/** Products with their release cycles, by key. */',
      `export const LIFECYCLES: Readonly<Record<string, Product>> = ${JSON.stringify(products)};`,
      '',
    ].join('\n'),
  };
}

function productOf(key: string, entry: Entry): Product {
  const { cycles, holds = HOLDS, codenames = {}, ...rest } = entry;
  const node = cycles === 'node-releases' ? nodeReleases(entry.checked) : undefined;
  const product: Product = {
    ...rest,
    holds,
    cycles: node?.cycles ?? sorted(cycles as Readonly<Record<string, readonly (string | false)[]>>),
    codenames: node?.codenames ?? codenames,
  };
  for (const fault of faultsOf(product)) throw new Error(`data/lifecycles.yaml: ${key}: ${fault}`);
  return product;
}

/** Newest first: an object's keys that are whole numbers come in an order of their own. */
function sorted(cycles: Readonly<Record<string, readonly (string | false)[]>>): readonly Cycle[] {
  const all = Object.entries(cycles).map(([cycle, ends]) => cycleOf(cycle, ends));
  return all.every(({ cycle }) => isDotted(cycle)) ? all.sort((a, b) => compareNumbers(b.cycle, a.cycle)) : all;
}

function cycleOf(cycle: string, [end = '', extendedEnd]: readonly (string | false)[]): Cycle {
  return { cycle, end, ...(typeof extendedEnd === 'string' && { extendedEnd }) };
}

function faultsOf({
  name,
  kind,
  source,
  checked,
  holds,
  extended,
  cycles,
  codenames,
  rolling,
  packages = [],
}: Product): readonly string[] {
  const known = new Set(cycles.map(({ cycle }) => cycle));
  return [
    ...(name ? [] : ['has no name']),
    ...(KINDS.includes(kind) ? [] : [`${kind} is no kind of product`]),
    ...(/^https:\/\/\S+$/.test(source ?? '') ? [] : ['has no source']),
    ...(isDate(checked ?? '') ? [] : ['does not say when it was checked']),
    ...(Number.isInteger(holds) ? [] : ['`holds` is no number of days']),
    ...(kind === 'framework' && packages.length === 0 ? ['has no packages that tell it is there'] : []),
    ...packages.flatMap((it) => (/^\S+ \S+$/.test(it) ? [] : [`${it} is no package of an ecosystem`])),
    ...(cycles.length > 0 || rolling ? [] : ['has no cycles']),
    ...cycles.filter(({ end }) => end !== false && !isDate(end)).map(({ cycle }) => `${cycle} ends on no day`),
    ...cycles
      .filter(
        ({ extendedEnd, end }) =>
          extendedEnd !== undefined && (!isDate(extendedEnd) || end === false || extendedEnd < end),
      )
      .map(({ cycle }) => `the extended support of ${cycle} ends on no later day`),
    ...(extended || cycles.every(({ extendedEnd }) => extendedEnd === undefined)
      ? []
      : ['says not whom extended support is for']),
    ...Object.values(codenames).flatMap((cycle) =>
      known.has(cycle) ? [] : [`a codename is of ${cycle}, which is no cycle`],
    ),
  ];
}

interface Release {
  readonly start: string;
  readonly end: string;
  readonly codename?: string;
}

/** Releases out by a day, newest first; those before 4 had versions of another kind. */
function nodeReleases(checked: string): Pick<Product, 'cycles' | 'codenames'> {
  const schedule: Readonly<Record<string, Release>> = SCHEDULE;
  const out = Object.entries(schedule)
    .filter(([name, { start }]) => /^v\d+$/.test(name) && start <= checked)
    .map(([name, release]) => ({ ...release, cycle: name.slice(1) }))
    .sort((a, b) => Number(b.cycle) - Number(a.cycle));
  return {
    cycles: out.map(({ cycle, end }) => ({ cycle, end })),
    codenames: Object.fromEntries(
      out.flatMap(({ cycle, codename }) => (codename ? [[codename.toLowerCase(), cycle]] : [])),
    ),
  };
}
