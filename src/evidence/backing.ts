/** Backing services by the product that they are: databases, caches, queues and the like, and the names that images, charts, keys and addresses have for them. */
import type { Place } from '../model.ts';

/** Something the service needs beside itself. */
export interface Backing {
  readonly id: string;
  readonly kind: 'db' | 'cache' | 'queue' | 'storage' | 'search';
  /** The product, e.g. postgres. */
  readonly product: string;
  readonly at: Place;
}

/** Products by the name of their image or chart: what they are to a service that uses them. */
const PRODUCTS: readonly (readonly [RegExp, string, Backing['kind']])[] = [
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

/** The scheme of a connection's address, and the product it is spoken to. */
const SCHEMES: readonly (readonly [RegExp, string])[] = [
  [/^(?:jdbc:)?(?:postgres|postgresql|postgis)(?:\+\w+)?:/i, 'postgres'],
  [/^(?:jdbc:)?(?:mysql|mysql2|mariadb)(?:\+\w+)?:/i, 'mysql'],
  [/^mongodb(?:\+srv)?:/i, 'mongodb'],
  [/^cassandra:/i, 'cassandra'],
  [/^(?:rediss?|valkeys?):/i, 'redis'],
  [/^memcached?:/i, 'memcached'],
  [/^amqps?:/i, 'rabbitmq'],
  [/^kafka:/i, 'kafka'],
  [/^nats:/i, 'nats'],
];

/** A product, and what it is to a service. */
export interface Product {
  readonly name: string;
  readonly kind: Backing['kind'];
}

/** `registry/team/postgres:16@sha256:…` is postgres. */
export function productOf(image: string): Product | undefined {
  const base = image.split('@')[0]?.split('/').pop()?.split(':')[0]?.toLowerCase() ?? '';
  const found = PRODUCTS.find(([pattern]) => pattern.test(base));
  return found && { name: found[1], kind: found[2] };
}

/** The product behind an address such as `postgresql://user@host/name`. */
export function productAt(address: string): Product | undefined {
  const name = SCHEMES.find(([pattern]) => pattern.test(address))?.[1];
  return name === undefined ? undefined : productOf(name);
}

/** An id that a manifest may use. */
export function slug(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
