/** Tells by its content whether a text is a report of a scanner or a bill of materials, and reads it. Never throws. */
import { record } from '../plain-value.ts';
import { readCycloneDx } from './cyclonedx.ts';
import { readGrype } from './grype.ts';
import { readNpmAudit } from './npm-audit.ts';
import { readOsvScanner } from './osv-scanner.ts';
import type { Drop, ReportRead } from './report.ts';
import { readTrivy } from './trivy.ts';
import { text } from './values.ts';

/** What a text turned out to be. `other`: not a report that is read here; `what` names it where it is known. */
export type Reading =
  | { readonly kind: 'report'; readonly report: ReportRead }
  | { readonly kind: 'other'; readonly what?: string }
  | { readonly kind: 'broken'; readonly detail: string };

/** Entries kept of one report. */
const MOST_VULNERABILITIES = 20_000;
const MOST_PACKAGES = 50_000;

const READERS = [readCycloneDx, readTrivy, readGrype, readNpmAudit, readOsvScanner] as const;

/** Reads one text. */
export function readReport(source: string): Reading {
  const start = source.slice(0, 2000);
  if (/^\s*</.test(start)) return { kind: 'other', what: start.includes('cyclonedx') ? 'CycloneDX in XML' : 'XML' };
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch (error) {
    return { kind: 'broken', detail: error instanceof Error ? error.message.slice(0, 200) : 'it is no JSON' };
  }
  const members = record(value);
  for (const read of READERS) {
    let dropped = 0;
    const drop: Drop = () => {
      dropped += 1;
      return [];
    };
    const report = read(members, drop);
    if (report) return { kind: 'report', report: capped(report, dropped) };
  }
  return { kind: 'other', ...whatElse(members) };
}

function capped(report: Omit<ReportRead, 'left'>, dropped: number): ReportRead {
  const { vulnerabilities, packages } = report;
  const left =
    dropped + Math.max(vulnerabilities.length - MOST_VULNERABILITIES, 0) + Math.max(packages.length - MOST_PACKAGES, 0);
  return {
    ...report,
    vulnerabilities: vulnerabilities.slice(0, MOST_VULNERABILITIES),
    packages: packages.slice(0, MOST_PACKAGES),
    complete: report.complete && packages.length <= MOST_PACKAGES,
    left,
  };
}

function whatElse(value: Readonly<Record<string, unknown>>): { readonly what?: string } {
  if (value.bomFormat === 'CycloneDX') return { what: `CycloneDX ${(text(value.specVersion) ?? '').slice(0, 20)}` };
  if (typeof value.spdxVersion === 'string') return { what: 'SPDX' };
  if (typeof value.$schema === 'string' && value.$schema.includes('sarif')) return { what: 'SARIF' };
  return {};
}
