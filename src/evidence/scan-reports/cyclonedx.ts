/** Bills of materials in CycloneDX's JSON, 1.2 to 1.7, with or without vulnerabilities. After the CycloneDX specification. */
import { list, record } from '../plain-value.ts';
import { packageOf } from './package-url.ts';
import type { Component, Drop, Reported, ReportRead } from './report.ts';
import { greatest, severityNamed, severityOfScore } from './severities.ts';
import { day, optional, text } from './values.ts';

type Members = Readonly<Record<string, unknown>>;

/** Components are nested; as many as are looked at. */
const MOST_COMPONENTS = 100_000;

/** Undefined where the value is no such bill. */
export function readCycloneDx(value: Members, drop: Drop): Omit<ReportRead, 'left'> | undefined {
  if (value.bomFormat !== 'CycloneDX' || !/^1\.[2-7]$/.test(text(value.specVersion) ?? '')) return undefined;
  const components = componentsIn(value);
  const byRef = new Map(components.flatMap((it) => (typeof it['bom-ref'] === 'string' ? [[it['bom-ref'], it]] : [])));
  const vulnerabilities = list(value.vulnerabilities).flatMap((it) => reportedOf(record(it), byRef, drop));
  const made = day(record(value.metadata).timestamp);
  return {
    format: 'CycloneDX',
    ...(made !== undefined && { made }),
    vulnerabilities,
    packages: components.flatMap(componentOf),
    complete: true,
    // Some tools write an empty list although nobody looked.
    scanned: vulnerabilities.length > 0,
  };
}

function componentsIn(value: Members): readonly Members[] {
  const all: Members[] = [];
  const waiting = [list(value.components)];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const it of next.map(record)) {
      if (all.length >= MOST_COMPONENTS) return all;
      all.push(it);
      if (Array.isArray(it.components)) waiting.push(it.components);
    }
  }
  return all;
}

function componentOf(it: Members): readonly Component[] {
  const named = packageOf(it.purl);
  const name = named?.name ?? [text(it.group), text(it.name)].filter(Boolean).join('/');
  if (name === '' || /^(?:file|device|data|operating-system)$/.test(text(it.type) ?? '')) return [];
  return [
    {
      name,
      ...optional('version', named?.version ?? it.version),
      ...(named?.ecosystem && { ecosystem: named.ecosystem }),
    },
  ];
}

function reportedOf(it: Members, byRef: ReadonlyMap<string, Members>, drop: Drop): readonly Reported[] {
  const id = text(it.id);
  if (id === undefined) return drop();
  const aliases = list(it.references).flatMap((reference) => text(record(reference).id) ?? []);
  const severity = greatest(
    list(it.ratings).map((rating) => severityNamed(record(rating).severity) || severityOfScore(record(rating).score)),
  );
  const excused = excuseIn(record(it.analysis));
  const about = {
    id,
    aliases: [...new Set(aliases)].filter((alias) => alias !== id),
    severity,
    ...optional('excused', excused),
  };
  const affected = list(it.affects).flatMap((affects) => {
    const ref = text(record(affects).ref) ?? '';
    const [component] = componentOf(byRef.get(ref) ?? {});
    return component ?? packageOf(ref) ?? drop();
  });
  if (list(it.affects).length === 0) return drop();
  return affected.map(({ name, ...rest }) => ({ ...about, package: name, ...rest }));
}

/** States of an analysis by which the product is safe. */
function excuseIn({ state, justification, detail }: Members): string | undefined {
  if (!/^(?:not_affected|false_positive|resolved|resolved_with_pedigree)$/.test(text(state) ?? '')) return undefined;
  return [text(state), text(justification), text(detail)].filter(Boolean).join(': ');
}
