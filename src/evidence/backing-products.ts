/** Databases, caches, queues and stores by the image or chart that starts them. A table only. */

/** What a backing service is to the service that uses it. */
export type BackingKind = 'db' | 'cache' | 'queue' | 'storage' | 'search';

/** Products by the name of their image or chart. */
const PRODUCTS: readonly (readonly [RegExp, string, BackingKind])[] = [
  [/^(postgres|postgresql|postgis|timescaledb|cloudnative-pg)(-ha)?$/, 'postgres', 'db'],
  [/^(mysql|mariadb|percona)(-server|-galera)?$/, 'mysql', 'db'],
  [/^(mongo|mongodb)$/, 'mongodb', 'db'],
  [/^(cockroach|cockroachdb)$/, 'cockroachdb', 'db'],
  [/^cassandra$/, 'cassandra', 'db'],
  [/^(dynamodb-local|dynamodb)$/, 'dynamodb', 'db'],
  [/^(redis|redis-cluster|redis-stack|redis-stack-server|valkey|keydb)$/, 'redis', 'cache'],
  [/^memcached$/, 'memcached', 'cache'],
  [/^(rabbitmq)$/, 'rabbitmq', 'queue'],
  [/^(kafka|cp-kafka|redpanda)$/, 'kafka', 'queue'],
  [/^(nats|nats-streaming)$/, 'nats', 'queue'],
  [/^(elasticmq|elasticmq-native)$/, 'sqs', 'queue'],
  [/^(minio)$/, 'object-storage', 'storage'],
  [/^(elasticsearch|opensearch|solr|meilisearch)$/, 'search', 'search'],
];

/** `registry/team/postgres:16@sha256:…` is postgres. */
export function productOf(image: string): { readonly name: string; readonly kind: BackingKind } | undefined {
  const base = image.split('@')[0]?.split('/').pop()?.split(':')[0]?.toLowerCase() ?? '';
  const found = PRODUCTS.find(([pattern]) => pattern.test(base));
  return found && { name: found[1], kind: found[2] };
}
