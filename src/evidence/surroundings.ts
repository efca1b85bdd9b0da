/** What a service lives among: environments by the names of their files, backing services by the images and charts that start them. */
import type { Delegated, Place, Unread } from '../model.ts';
import { type BackingKind, productOf } from './backing-products.ts';
import { defineCollector, type SourceFile, type Sources } from './collector.ts';
import { placeIn } from './sources.ts';

/** Something the service needs beside itself. */
export interface Backing {
  readonly id: string;
  readonly kind: BackingKind;
  /** The product, e.g. postgres. */
  readonly product: string;
  readonly at: Place;
}

/** An environment that has a file of its own. */
export interface Environment {
  readonly id: string;
  readonly at: Place;
}

/** Facts of this kind. */
export interface Facts {
  readonly environments: readonly Environment[];
  readonly backings: readonly Backing[];
}

const COMPOSE = /(^|\/)(docker-)?compose([.-][\w-]+)?\.ya?ml$/i;
const CHART = /(^|\/)Chart\.ya?ml$/;

/** Files and folders that belong to one environment: the pattern's group is its name. */
const ENVIRONMENT_FILES: readonly RegExp[] = [
  /(?:^|\/)values[-_.]([a-z][a-z0-9-]*)\.ya?ml$/i,
  /(?:^|\/)overlays\/([a-z][a-z0-9-]*)\/kustomization\.ya?ml$/i,
  /(?:^|\/)(?:environments|envs?)\/([a-z][a-z0-9-]*)(?:\/|\.(?:ya?ml|tfvars)$)/i,
  /(?:^|\/)([a-z][a-z0-9-]*)\.tfvars$/i,
];
const ENVIRONMENT_NAMES =
  /^(dev|development|test|testing|qa|int|integration|stage|staging|uat|preprod|pre-prod|preview|sandbox|demo|perf|prod|production|live|prd|stg)$/i;

export const collector = defineCollector<Facts>({
  summary:
    'environments from values files, overlays and tfvars; backing services from Compose files and chart dependencies',
  parses: ['yaml'],
  collect(sources) {
    const unread: Unread[] = [];
    const delegated: Delegated[] = [];
    const own = sources.files.filter((file) => file.class === 'source');
    const described = own.filter((file) => COMPOSE.test(file.path) || CHART.test(file.path));
    const backings = described.flatMap((file) =>
      CHART.test(file.path) ? fromChart(file, sources, unread) : fromCompose(file, sources, unread),
    );
    const environments = own.flatMap(environmentOf);
    const note = described.length === 1 ? '1 Compose file or chart' : `${described.length} Compose files and charts`;
    return {
      facts: { environments: firstById(environments), backings: firstById(backings) },
      looked: { files: described.length, note },
      unread,
      delegated,
    };
  },
});

function environmentOf(file: SourceFile): readonly Environment[] {
  const name = ENVIRONMENT_FILES.map((pattern) => pattern.exec(file.path)?.[1]).find(
    (it) => it !== undefined && ENVIRONMENT_NAMES.test(it),
  );
  return name ? [{ id: name.toLowerCase(), at: placeIn(file) }] : [];
}

function fromCompose(file: SourceFile, sources: Sources, unread: Unread[]): readonly Backing[] {
  const document = sources.yaml(file, unread)?.documents[0];
  const services = record(record(document?.value).services);
  return Object.entries(services).flatMap(([name, service]) => {
    const product = productOf(String(record(service).image ?? ''));
    const line = document?.at(['services', name]).line;
    return product ? [{ id: slug(name), kind: product.kind, product: product.name, at: placeIn(file, line) }] : [];
  });
}

function fromChart(file: SourceFile, sources: Sources, unread: Unread[]): readonly Backing[] {
  const document = sources.yaml(file, unread)?.documents[0];
  const dependencies = record(document?.value).dependencies;
  return (Array.isArray(dependencies) ? dependencies : []).flatMap((entry, index) => {
    const { name, alias } = record(entry);
    const product = productOf(String(name ?? ''));
    const line = document?.at(['dependencies', index]).line;
    return product
      ? [{ id: slug(String(alias ?? name)), kind: product.kind, product: product.name, at: placeIn(file, line) }]
      : [];
  });
}

function slug(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function firstById<T extends { readonly id: string }>(items: readonly T[]): readonly T[] {
  return items.filter((item, index) => item.id !== '' && items.findIndex((other) => other.id === item.id) === index);
}
