/** How libraries and families are called in a sentence. */
import type { Family } from './capability.ts';
import type { Library } from './libraries.ts';

const FAMILIES: Readonly<Partial<Record<Family, string>>> = {
  opentelemetry: 'OpenTelemetry',
  datadog: 'Datadog',
  newrelic: 'New Relic',
  elastic: 'Elastic APM',
  azure: 'Application Insights',
};

/** A family by its product's name. */
export function spokenFamily(family: Family): string {
  return FAMILIES[family] ?? family;
}

/** A library by its product, or by its first package. */
export function spokenName({
  family,
  names,
  modules,
  called,
}: Pick<Library, 'family' | 'names' | 'modules' | 'called'>): string {
  if (called !== undefined) return called;
  const product = family && FAMILIES[family];
  const [name = modules?.[0] ?? 'the platform'] = names;
  return product ?? name.replace(/[-:./]?\*$/, '').replace(/^[\w.-]+:/, '');
}
