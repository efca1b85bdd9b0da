/** Reports of Trivy (`--format json`, schema 2). After aquasecurity/trivy, docs/configuration/reporting.md. */
import { list, record } from '../plain-value.ts';
import { packageOf } from './package-url.ts';
import type { Component, Drop, Reported, ReportRead } from './report.ts';
import { severityNamed } from './severities.ts';
import { day, ecosystemNamed, optional, text } from './values.ts';

type Members = Readonly<Record<string, unknown>>;

/** Undefined where the value is no such report. */
export function readTrivy(value: Members, drop: Drop): Omit<ReportRead, 'left'> | undefined {
  if (value.SchemaVersion !== 2 || typeof value.ArtifactName !== 'string') return undefined;
  const results = list(value.Results).map(record);
  const made = day(value.CreatedAt);
  return {
    format: 'trivy',
    ...(made !== undefined && { made }),
    vulnerabilities: results.flatMap((it) =>
      list(it.Vulnerabilities).flatMap((found) => reportedOf(record(found), it, drop)),
    ),
    packages: results.flatMap((it) => list(it.Packages).flatMap((found) => componentOf(record(found), it, drop))),
    complete: results.some((it) => Array.isArray(it.Packages)),
    // A run that only looks for misconfigurations or secrets has none of these.
    scanned: results.some((it) => /^(?:os|lang)-pkgs$/.test(text(it.Class) ?? '') || Array.isArray(it.Vulnerabilities)),
  };
}

function componentOf(it: Members, result: Members, drop: Drop): readonly Component[] {
  const named = packageOf(record(it.Identifier).PURL);
  const name = named?.name ?? text(it.Name);
  const ecosystem = named?.ecosystem ?? ecosystemNamed(result.Type);
  return name === undefined ? drop() : [{ name, ...optional('version', it.Version), ...(ecosystem && { ecosystem }) }];
}

function reportedOf(it: Members, result: Members, drop: Drop): readonly Reported[] {
  const id = text(it.VulnerabilityID);
  const named = packageOf(record(it.PkgIdentifier).PURL);
  const name = named?.name ?? text(it.PkgName);
  if (id === undefined || name === undefined) return drop();
  const ecosystem = named?.ecosystem ?? ecosystemNamed(result.Type);
  return [
    {
      id,
      aliases: list(it.VendorIDs).flatMap((alias) => text(alias) ?? []),
      package: name,
      ...optional('version', it.InstalledVersion),
      ...(ecosystem && { ecosystem }),
      severity: severityNamed(it.Severity),
      ...optional('fixed', it.FixedVersion),
    },
  ];
}
