/** Whether two names, or two words for a product, mean the same store. Pure. */

/** What people call a product, and one word for it. */
const PRODUCTS: readonly (readonly [RegExp, string])[] = [
  [/postgres|postgis|timescale|^pg$|cnpg/, 'postgres'],
  [/mysql|maria/, 'mysql'],
  [/mongo|documentdb|docdb/, 'mongodb'],
  [/dynamo/, 'dynamodb'],
  [/redis|valkey|elasticache|memorystore/, 'redis'],
  [/memcache/, 'memcached'],
  [/sqlserver|sql-server|mssql/, 'sqlserver'],
  [/^(?:s3|gcs|blob|buckets?|minio|object-stor\w*|cloud-storage)$/, 'bucket'],
  [/^(?:volumes?|pvc|efs|disk|files?|nfs)$/, 'volume'],
  [/elasticsearch|opensearch|^search$|solr|meilisearch/, 'search'],
  [/^(?:rds|aurora|cloud-?sql|sql|database|db)$/, 'sql'],
];
const SQL = ['postgres', 'mysql', 'sqlserver', 'oracle', 'sql'];
/** Words that say what a thing is and not which. */
const COMMON =
  /^(?:db|dbs|database|databases|postgres|postgresql|pg|mysql|mongo|mongodb|sql|rds|store|storage|bucket|s3|data|instance|cluster|table|primary|main|master|this|prod|production|live|service|svc|api|app)$/;

/** One word for a product. */
export function productWord(written: string): string {
  const plain = written
    .toLowerCase()
    .trim()
    .replaceAll(/[\s_]+/g, '-');
  return PRODUCTS.find(([pattern]) => pattern.test(plain))?.[1] ?? plain;
}

/** Whether two words for a product may mean the same. */
export function mayBeSame(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined) return true;
  const [a, b] = [productWord(one), productWord(other)];
  return a === b || ((a === 'sql' || b === 'sql') && SQL.includes(a) && SQL.includes(b));
}

/** `orders_db`, `orders-db-prod` and `ordersDb` are one name; `db` alone is none. */
export function sameStore(one: string, other: string): boolean {
  if (folded(one) === folded(other)) return true;
  const [a, b] = [telling(one), telling(other)];
  return a.length > 0 && a.join('-') === b.join('-');
}

/** Whether a text holds a name as words of its own. */
export function namesStore(text: string, name: string): boolean {
  const words = folded(name);
  return words.length > 2 && `-${folded(text)}-`.includes(`-${words}-`);
}

function folded(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

function telling(name: string): readonly string[] {
  return folded(name)
    .split('-')
    .filter((word) => word !== '' && !COMMON.test(word));
}
