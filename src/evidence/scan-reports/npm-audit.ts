/** Reports of `npm audit --json` (version 2) and of its first version, which pnpm still writes. They carry no date. */
import { list, record, word } from '../plain-value.ts';
import type { Drop, Reported, ReportRead } from './report.ts';
import { severityNamed } from './severities.ts';
import { optional, text } from './values.ts';

type Members = Readonly<Record<string, unknown>>;

/** Undefined where the value is no such report. */
export function readNpmAudit(value: Members, drop: Drop): Omit<ReportRead, 'left'> | undefined {
  const metadata = record(value.metadata);
  if (typeof metadata.vulnerabilities !== 'object' || metadata.vulnerabilities === null) return undefined;
  const isSecond = word(value.auditReportVersion) === '2';
  if (!isSecond && !('advisories' in value)) return undefined;
  const vulnerabilities = isSecond
    ? Object.values(record(value.vulnerabilities)).flatMap((it) =>
        list(record(it).via)
          .filter((via) => typeof via !== 'string')
          .flatMap((via) => second(record(via), drop)),
      )
    : Object.values(record(value.advisories)).flatMap((it) => first(record(it), drop));
  return {
    format: 'npm audit',
    vulnerabilities: distinct(vulnerabilities),
    packages: [],
    complete: false,
    scanned: true,
  };
}

/** A `via` that is a word names another entry, where the advisory itself stands. */
function second(via: Members, drop: Drop): readonly Reported[] {
  const name = text(via.name);
  if (name === undefined) return drop();
  return [
    {
      id: idOf(via.url, via.source),
      aliases: [],
      package: name,
      ecosystem: 'npm',
      severity: severityNamed(via.severity),
    },
  ];
}

function first(advisory: Members, drop: Drop): readonly Reported[] {
  const name = text(advisory.module_name);
  if (name === undefined) return drop();
  const found = list(advisory.findings).map((it) => text(record(it).version));
  const about = {
    id: text(advisory.github_advisory_id) ?? idOf(advisory.url, advisory.id),
    aliases: list(advisory.cves).flatMap((it) => text(it) ?? []),
    package: name,
    ecosystem: 'npm' as const,
    severity: severityNamed(advisory.severity),
    ...optional('fixed', advisory.patched_versions),
  };
  return found.length === 0 ? [about] : found.map((version) => ({ ...about, ...optional('version', version) }));
}

function idOf(url: unknown, source: unknown): string {
  const [id] = /GHSA(?:-[\w]{4}){3}/.exec(text(url) ?? '') ?? [];
  return id ?? `npm:${text(source) ?? 'unknown'}`;
}

function distinct(all: readonly Reported[]): readonly Reported[] {
  return [...new Map(all.map((it) => [`${it.id} ${it.package} ${it.version ?? ''}`, it])).values()];
}
