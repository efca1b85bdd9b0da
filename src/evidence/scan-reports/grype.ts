/** Reports of Grype (`-o json`). After anchore/grype, schema/grype/json. */
import { list, record } from '../plain-value.ts';
import { packageOf } from './package-url.ts';
import type { Drop, Reported, ReportRead } from './report.ts';
import { severityNamed } from './severities.ts';
import { day, earliest, ecosystemNamed, optional, text } from './values.ts';

type Members = Readonly<Record<string, unknown>>;

/** Undefined where the value is no such report. */
export function readGrype(value: Members, drop: Drop): Omit<ReportRead, 'left'> | undefined {
  const { name, timestamp, db } = record(value.descriptor);
  if (name !== 'grype' || !Array.isArray(value.matches)) return undefined;
  // It knows no more than its database did.
  const built = day(record(db).built) ?? day(record(record(db).status).built);
  const made = earliest(day(timestamp), built);
  return {
    format: 'grype',
    ...(made !== undefined && { made }),
    vulnerabilities: [
      ...value.matches.flatMap((it) => reportedOf(record(it), drop)),
      ...list(value.ignoredMatches).flatMap((it) =>
        reportedOf(record(it), drop).map((found) => ({ ...found, excused: 'a rule of its configuration' })),
      ),
    ],
    packages: [],
    complete: false,
    scanned: true,
  };
}

function reportedOf(match: Members, drop: Drop): readonly Reported[] {
  const { id: written, severity, fix } = record(match.vulnerability);
  const artifact = record(match.artifact);
  const named = packageOf(artifact.purl);
  const [id, name] = [text(written), named?.name ?? text(artifact.name)];
  if (id === undefined || name === undefined) return drop();
  const ecosystem = named?.ecosystem ?? ecosystemNamed(artifact.type);
  const related = list(match.relatedVulnerabilities).flatMap((it) => text(record(it).id) ?? []);
  return [
    {
      id,
      aliases: [...new Set(related)].filter((it) => it !== id),
      package: name,
      ...optional('version', artifact.version),
      ...(ecosystem && { ecosystem }),
      severity: severityNamed(severity),
      ...optional(
        'fixed',
        list(record(fix).versions)
          .flatMap((it) => text(it) ?? [])
          .join(', '),
      ),
    },
  ];
}
