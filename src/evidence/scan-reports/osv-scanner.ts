/** Reports of osv-scanner (`--format json`). After google/osv-scanner, docs/output.md. They carry no date. */
import { list, record } from '../plain-value.ts';
import type { Component, Drop, Reported, ReportRead } from './report.ts';
import { greatest, severityNamed, severityOfScore } from './severities.ts';
import { ecosystemNamed, optional, text } from './values.ts';

type Members = Readonly<Record<string, unknown>>;

/** Undefined where the value is no such report. */
export function readOsvScanner(value: Members, drop: Drop): Omit<ReportRead, 'left'> | undefined {
  const results = list(value.results).map(record);
  if (!Array.isArray(value.results) || !results.every((it) => 'source' in it && Array.isArray(it.packages)))
    return undefined;
  const entries = results.flatMap((it) => list(it.packages).map(record));
  const packages = entries.flatMap((it) => componentOf(record(it.package)));
  return {
    format: 'osv-scanner',
    vulnerabilities: entries.flatMap((it) => reportedOf(it, drop)),
    packages,
    // Without `--all-packages` only those with a vulnerability are listed.
    complete: entries.some((it) => list(it.vulnerabilities).length === 0),
    scanned: true,
  };
}

function componentOf(it: Members): readonly Component[] {
  const name = text(it.name);
  const ecosystem = ecosystemNamed(it.ecosystem);
  return name === undefined ? [] : [{ name, ...optional('version', it.version), ...(ecosystem && { ecosystem }) }];
}

function reportedOf(entry: Members, drop: Drop): readonly Reported[] {
  const [component] = componentOf(record(entry.package));
  if (!component) return drop();
  const { name, ...about } = component;
  const records = list(entry.vulnerabilities).map(record);
  const groups = list(entry.groups).map(record);
  const named: readonly Members[] =
    groups.length > 0 ? groups : records.map((it) => ({ ids: [it.id], aliases: it.aliases }));
  return named.flatMap((group): readonly Reported[] => {
    const [id, ...others] = list(group.ids).flatMap((it) => text(it) ?? []);
    if (id === undefined) return drop();
    const own = records.filter((it) => it.id === id || others.includes(text(it.id) ?? ''));
    const aliases = [...others, ...list(group.aliases).flatMap((it) => text(it) ?? [])].filter((it) => it !== id);
    return [
      {
        id,
        aliases: [...new Set(aliases)],
        package: name,
        ...about,
        severity: greatest([
          severityOfScore(group.max_severity),
          ...own.map((it) => severityNamed(record(it.database_specific).severity)),
        ]),
        ...optional('fixed', fixesIn(own, name).join(', ')),
      },
    ];
  });
}

function fixesIn(records: readonly Members[], name: string): readonly string[] {
  const affected = records
    .flatMap((it) => list(it.affected).map(record))
    .filter((it) => record(it.package).name === name);
  const ranges = affected.flatMap((it) => list(it.ranges).map(record)).filter((it) => it.type !== 'GIT');
  const fixed = ranges.flatMap((it) => list(it.events).flatMap((event) => text(record(event).fixed) ?? []));
  return [...new Set(fixed)].slice(0, 20);
}
