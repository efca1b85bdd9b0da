/** Databases and buckets that Terraform gets from modules of somebody else's. What such a module does by itself is not here to see. */
import { asFlag, type ModuleCall, maybeAs, textOf } from '../terraform/block.ts';
import { byDefault } from '../workloads/object-value.ts';
import { hasMarks } from '../yaml/template-marks.ts';
import type { Backup, Safeguard, Store } from './store.ts';
import { byDays } from './terraform-parts.ts';

/** The public modules whose defaults are known: what they pass on, and what holds where nobody gives it. */
const RDS = /^terraform-aws-modules\/rds(?:-aurora)?\/aws(?:\/|$)/;

const KINDS: readonly (readonly [RegExp, Pick<Store, 'product' | 'kind'>])[] = [
  [/(?:^|[/_-])(?:rds(?!-proxy)|aurora|postgres(?:ql)?)(?:[/_.-]|\?|$)/i, { product: 'sql', kind: 'db' }],
  [/(?:^|[/_-])(?:cloud-?sql|sql-db|mysql|mariadb)(?:[/_.-]|\?|$)/i, { product: 'sql', kind: 'db' }],
  [/(?:^|[/_-])dynamodb(?:[/_.-]|\?|$)/i, { product: 'dynamodb', kind: 'db' }],
  [/(?:^|[/_-])s3(?:-bucket)?(?:[/_.-]|\?|$)/i, { product: 's3', kind: 'bucket' }],
  [/(?:^|[/_-])(?:elasticache|redis)(?:[/_.-]|\?|$)/i, { product: 'redis', kind: 'cache' }],
];

/** The stores that modules from elsewhere make. */
export function moduleStores(modules: readonly ModuleCall[]): readonly Store[] {
  return modules.filter(({ source }) => !/^\.\.?\//.test(source)).flatMap((call) => storeOf(call) ?? []);
}

function storeOf(call: ModuleCall): Store | undefined {
  const about = KINDS.find(([pattern]) => pattern.test(call.source))?.[1];
  if (!about) return undefined;
  const isPublic = RDS.test(call.source);
  const engine = textOf(call, 'engine') ?? '';
  const product = /postgres/.test(engine) ? 'postgres' : /mysql|maria/.test(engine) ? 'mysql' : about.product;
  const names = ['identifier', 'name', 'bucket'].flatMap((it) => textOf(call, it) ?? []).filter((it) => !hasMarks(it));
  const given = call.attributes.backup_retention_period !== undefined;
  const backup: Backup = {
    ...byDays(call, 'backup_retention_period', /aurora/.test(call.source) ? 1 : 0),
    means: 'continuous',
    lag: { most: '5m', source: 'Amazon RDS User Guide: logs are uploaded every five minutes' },
  };
  return {
    ...about,
    product,
    name: call.name,
    names: [call.name, ...names],
    basis: 'defined',
    by: `module ${call.source.slice(0, 100)}`,
    ...(!isPublic && { partial: `what the module ${call.source.slice(0, 100)} does is not here` }),
    backups: (isPublic || given) && about.kind === 'db' ? [backup] : [],
    safeguards: safeguardsOf(call, isPublic),
    copies: [],
    expiries: [],
    at: call.at,
  };
}

function safeguardsOf(call: ModuleCall, isPublic: boolean): readonly Safeguard[] {
  const by = 'deletion_protection';
  const holds = maybeAs(call, by, asFlag) ?? (isPublic ? byDefault(false, call.at) : undefined);
  return holds ? [{ by, holds, at: call.attributes[by]?.at ?? call.at }] : [];
}
