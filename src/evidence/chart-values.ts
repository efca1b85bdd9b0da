/** Backing services that the values of a chart point at: by the key, by a host below it, by the scheme of an address. Keeps no address: it may hold a password. */
import type { Unread } from '../model.ts';
import { table } from '../table.ts';
import { type Backing, type Product, productAt, productOf, slug } from './backing.ts';
import { defineCollector, type SourceFile } from './collector.ts';
import { record, word } from './plain-value.ts';
import { isDocumentation, placeIn } from './sources.ts';
import { type Bounds, valuesWithin } from './yaml/values-within.ts';
import type { YamlDocument } from './yaml/yaml.ts';

/** Facts of this kind. */
export interface Facts {
  /** One of each product, in the order of the files. */
  readonly backings: readonly Backing[];
}

const VALUES = /(^|\/)values[^/]*\.ya?ml$/i;

export const collector = defineCollector<Facts>({
  summary: "backing services that charts' values point at, by key, host or the scheme of an address",
  parses: ['yaml'],
  collect(sources) {
    const unread: Unread[] = [];
    const files = sources.files.filter(
      ({ class: kind, path }) => kind === 'source' && VALUES.test(path) && !isDocumentation(path),
    );
    const found = files.flatMap((file) =>
      (sources.yaml(file, unread)?.documents ?? []).flatMap((document) => configuredIn(file, document)),
    );
    const backings = found.filter(
      ({ product }, index) => found.findIndex((other) => other.product === product) === index,
    );
    const note = files.length === 1 ? '1 file of values' : `${files.length} files of values`;
    return { facts: { backings }, looked: { files: files.length, note }, unread, delegated: [] };
  },
});

/** Deepest level and most values looked at in one document. */
const BOUNDS: Bounds = { deepest: 10, most: 20_000 };
/** Keys that say where something is; empty ones say that it is nowhere. */
const WHERE = /^(host|hostname|hosts|url|uri|endpoint|address|addr|server|servers|brokers|bootstrap_?servers|nodes)$/i;
/** Keys for a database of which only more words tell which product it is. */
const DATABASE = /^(?:external)?[-_]?(?:database|db)$/i;
const PORTS: Readonly<Record<string, string>> = table({ '5432': 'postgres', '3306': 'mysql', '27017': 'mongodb' });

/** What one document of values points at. */
function configuredIn(file: SourceFile, document: YamlDocument): readonly Backing[] {
  const found: Backing[] = [];
  for (const [path, value] of valuesWithin(document.value, BOUNDS)) {
    const key = String(path.at(-1) ?? '');
    const product = typeof value === 'string' ? productAt(value) : pointedAt(key, record(value));
    if (!product) continue;
    const id = typeof value === 'string' ? product.name : slug(key.replace(/^external[-_]?(?=.)/i, ''));
    found.push({ id, kind: product.kind, product: product.name, at: placeIn(file, document.at(path).line) });
  }
  return found;
}

/** `postgresql: { enabled: true }` and `redis: { host: … }`, not `enabled: false` and an empty host. */
function pointedAt(key: string, value: Readonly<Record<string, unknown>>): Product | undefined {
  const isSomewhere = Object.entries(value).some(
    ([name, where]) => WHERE.test(name) && (Array.isArray(where) ? where.length > 0 : Boolean(word(where)?.trim())),
  );
  if (!isSomewhere && value.enabled !== true) return undefined;
  if (DATABASE.test(key)) return databaseOf(value);
  return productOf(key.replace(/^external[-_]?/i, '').replace(/[-_](?:external|config|settings)$/i, ''));
}

function databaseOf(value: Readonly<Record<string, unknown>>): Product {
  const words = ['type', 'driver', 'engine', 'dialect', 'adapter', 'vendor'].flatMap((key) => word(value[key]) ?? []);
  const named = words.flatMap((it) => productOf(it) ?? [])[0];
  const port = PORTS[word(value.port) ?? ''];
  return named ?? (port === undefined ? undefined : productOf(port)) ?? { name: 'database', kind: 'db' };
}
