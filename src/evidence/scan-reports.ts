/** What scanners said of the service's packages, bills of materials, and the exceptions that were agreed: each with its date and place. Judges none of them. */
import { placeOf } from '../manifest/manifest.ts';
import type { Delegated, Unread } from '../model.ts';
import { FILE_CAP } from '../repo/repo.ts';
import { defineCollector, type SourceFile, type Sources } from './collector.ts';
import { resolveReference } from './references/resolve-reference.ts';
import type { Exception } from './scan-reports/exceptions/exception.ts';
import { exceptionFile } from './scan-reports/exceptions/files.ts';
import { readReport } from './scan-reports/read-report.ts';
import type { ScanReport } from './scan-reports/report.ts';
import { isBelow, placeIn } from './sources.ts';

/** Facts of this kind. */
export interface Facts {
  /** Sorted by path. */
  readonly reports: readonly ScanReport[];
  /** Those of the manifest first, then by path. */
  readonly exceptions: readonly Exception[];
}

/** Reports list every package, so that they are larger than what people write. In bytes. */
const REPORT_CAP = 16 * 1024 * 1024;
const WELL_KNOWN =
  /(?:^|\/)(?:(?:osv|osv-scanner|trivy|grype|npm-audit|pnpm-audit|audit|audit-report)(?:[-_.](?:results?|report|scan|output|fs|image))*|s?bom|[\w.-]+\.(?:cdx|cyclonedx|s?bom))\.json$/i;

export const collector = defineCollector<Facts>({
  summary:
    'reports of osv-scanner, Trivy, Grype and `npm audit` and bills of materials in CycloneDX, which `packages.evidence` names or which lie at well-known names; exceptions in the manifest, osv-scanner.toml, deny.toml, audit.toml, .trivyignore, .grype.yaml, .bundler-audit.yml, .snyk, audit-ci, .nsprc, OpenVEX and suppressions of dependency-check',
  parses: ['yaml', 'markdown'],
  async collect(sources) {
    const unread: Unread[] = [];
    const delegated: Delegated[] = [];
    const cited = citedFiles(sources, unread, delegated);
    const own = new Set(sources.files);
    const around = sources.shared.filter((file) => own.has(file) || isAround(sources.manifest.dir, file));
    const found = around.filter(({ path, class: its }) => its === 'source' && WELL_KNOWN.test(path));
    const files = [...new Map([...found, ...cited].map((file) => [`${file.root}:${file.path}`, file])).values()].sort(
      byPath,
    );
    const reports = files.flatMap((file) => reportIn(file, cited.includes(file), sources, unread));
    const kept = around.filter((file) => file.class === 'source' && exceptionFile(file.path) !== undefined);
    const exceptions = [...claimed(sources), ...(await written(kept, sources, unread))];
    const note = `${reports.length} ${reports.length === 1 ? 'report' : 'reports'} and ${exceptions.length} ${exceptions.length === 1 ? 'exception' : 'exceptions'}`;
    return { facts: { reports, exceptions }, looked: { files: files.length + kept.length, note }, unread, delegated };
  },
});

/** The readers come with a parser of TOML, which few services need. */
async function written(
  files: readonly SourceFile[],
  sources: Sources,
  unread: Unread[],
): Promise<readonly Exception[]> {
  if (files.length === 0) return [];
  const { exceptionsIn } = await import('./scan-reports/exceptions/read-exceptions.ts');
  const all: Exception[] = [];
  for (const file of files) all.push(...(await exceptionsIn(file, sources, unread)));
  return all;
}

/** It lies in a folder around the service, or in a hidden one there: tools look for their configuration upwards. */
function isAround(dir: string, { path }: SourceFile): boolean {
  const folder = path.slice(0, Math.max(path.lastIndexOf('/'), 0)).replace(/(?:^|\/)\.[\w-]+$/, '');
  return isBelow(dir, folder);
}

function citedFiles(sources: Sources, unread: Unread[], delegated: Delegated[]): readonly SourceFile[] {
  const references = sources.manifest.claims.packages?.evidence ?? [];
  return references.flatMap((reference, index) => {
    const { outcome, files } = resolveReference(reference.replace(/#.*$/s, ''), sources, unread);
    if (outcome === 'root-not-at-hand' || outcome === 'url')
      delegated.push({ at: placeOf(sources.manifest, `/packages/evidence/${index}`), to: reference });
    return files;
  });
}

/** What the manifest names must be a report; what only has the name of one may be anything. */
function reportIn(file: SourceFile, cited: boolean, sources: Sources, unread: Unread[]): readonly ScanReport[] {
  const text = textOf(file, sources, unread);
  if (text === undefined) return [];
  const at = placeIn(file);
  const reading = readReport(text);
  if (reading.kind === 'report') {
    const { left } = reading.report;
    if (left > 0)
      unread.push({ at, reason: 'invalid-syntax', detail: `${left} of its entries are not understood or too many` });
    return [{ ...reading.report, cited, at }];
  }
  if (reading.kind === 'broken') unread.push({ at, reason: 'invalid-syntax', detail: reading.detail });
  else if (cited && exceptionFile(file.path) === undefined)
    unread.push({
      at,
      reason: 'language',
      detail:
        reading.what === undefined ? 'it is no report that is read here' : `reports in ${reading.what} are not read`,
    });
  return [];
}

function textOf(file: SourceFile, sources: Sources, unread: Unread[]): string | undefined {
  if (file.size <= FILE_CAP) return sources.text(file, unread);
  const read = sources.repo(file.root)?.read(file.path, REPORT_CAP);
  if (read?.ok) return read.text;
  if (read) unread.push({ at: placeIn(file), reason: read.reason, detail: read.detail });
  return undefined;
}

function claimed({ manifest }: Sources): readonly Exception[] {
  return (manifest.claims.packages?.exceptions ?? []).map(({ id, package: name, reason, owner, until }, index) => ({
    id,
    ...(name !== undefined && { package: name }),
    ...(reason !== undefined && { reason }),
    ...(owner !== undefined && { owner }),
    ...(until !== undefined && { until }),
    from: manifest.path.slice(manifest.path.lastIndexOf('/') + 1),
    at: placeOf(manifest, `/packages/exceptions/${index}`),
  }));
}

function byPath(a: SourceFile, b: SourceFile): number {
  return a.path < b.path ? -1 : 1;
}
