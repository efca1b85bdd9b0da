/** What the name of an environment says: production, or one that comes before it, and how near it is. Pure. */

/** `production` serves users; `lower` comes before it; `unnamed` is anything else. */
export type EnvironmentClass = 'production' | 'lower' | 'unnamed';

const BEFORE = /(?:^|[^a-z0-9])(?:pre|non|no)[-_ ]?prod(?:uction)?(?=$|[^a-z0-9])/i;
const PRODUCTION = /(?:^|[^a-z0-9])(?:prod(?:uction)?\d*|prd|live)(?=$|[^a-z0-9])/i;

/** Furthest from production first. */
const LOWER: readonly RegExp[] = [
  /(?:^|[^a-z0-9])(?:sandbox|preview|review|feature|ephemeral|local)(?=$|[^a-z0-9])/i,
  /(?:^|[^a-z0-9])(?:dev|develop|development)\d*(?=$|[^a-z0-9])/i,
  /(?:^|[^a-z0-9])(?:tst|test|testing|int|integration|e2e|ci|sit)\d*(?=$|[^a-z0-9])/i,
  /(?:^|[^a-z0-9])(?:qa|uat|acc|acceptance|demo|training|perf)\d*(?=$|[^a-z0-9])/i,
  /(?:^|[^a-z0-9])(?:stag(?:e|ing)|stg)\d*(?=$|[^a-z0-9])/i,
  BEFORE,
];

/** What an environment's name says. */
export function environmentClass(name: string): EnvironmentClass {
  const plain = words(name);
  if (BEFORE.test(plain)) return 'lower';
  if (PRODUCTION.test(plain)) return 'production';
  return LOWER.some((pattern) => pattern.test(plain)) ? 'lower' : 'unnamed';
}

/** How near to production a lower environment is; higher is nearer, -1 for one that is none. */
export function nearness(name: string): number {
  return LOWER.findLastIndex((pattern) => pattern.test(words(name)));
}

function words(name: string): string {
  return name
    .slice(0, 300)
    .replace(/\$\{\{[^}]*\}\}/g, ' ')
    .replace(/([a-z])([A-Z])/g, '$1-$2');
}
