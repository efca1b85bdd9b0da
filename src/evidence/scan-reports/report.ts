/** The shape of what a scanner or a bill of materials says. Types only. */
import type { AdvisorySeverity } from '../../advisories/advisory.ts';
import type { Place } from '../../model.ts';
import type { Ecosystem } from '../../versions/order.ts';

/** Programs and formats whose reports are read. */
type ReportFormat = 'osv-scanner' | 'trivy' | 'grype' | 'npm audit' | 'CycloneDX';

/** One vulnerability of one package, as the report says. */
export interface Reported {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly package: string;
  readonly version?: string;
  /** Absent where the report names none, or one that nothing else here knows. */
  readonly ecosystem?: Ecosystem;
  /** 0 where the report does not say. */
  readonly severity: AdvisorySeverity;
  /** Versions that mend it, as written. */
  readonly fixed?: string;
  /** The report itself says that the product is not affected: why. */
  readonly excused?: string;
}

/** One package that the report lists, whether anything is wrong with it or not. */
export interface Component {
  readonly name: string;
  readonly version?: string;
  readonly ecosystem?: Ecosystem;
}

/** What one report says, without its place. */
export interface ReportRead {
  readonly format: ReportFormat;
  /** ISO day it was made, where it says so. */
  readonly made?: string;
  readonly vulnerabilities: readonly Reported[];
  /** Packages that it lists; reports of scanners mostly list only those with something wrong. */
  readonly packages: readonly Component[];
  /** Whether `packages` are all that were looked at. */
  readonly complete: boolean;
  /** It was looked for vulnerabilities; a bare bill of materials says nothing of them. */
  readonly scanned: boolean;
  /** Entries that were not understood, or were more than are kept. */
  readonly left: number;
}

/** Counts an entry that is not understood, and stands for it: nothing. */
export type Drop = () => readonly never[];

/** One report. */
export interface ScanReport extends ReportRead {
  /** The manifest names it as evidence. */
  readonly cited: boolean;
  readonly at: Place;
}
