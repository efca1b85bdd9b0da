/** What a run knows from outside the repository: advisories, releases and what runs, where the operator has given any. Types only. */
import type { AdvisorySource } from '../advisories/advisory.ts';
import type { LiveSource } from '../live/live.ts';
import type { ReleaseSource } from '../releases/release.ts';
import type { Ecosystem } from '../versions/order.ts';

/** Absent parts are not known, which is never the same as "none". */
export interface Reference {
  readonly advisories?: AdvisorySource;
  readonly releases?: ReleaseSource;
  /** Running systems, where the operator lets them be asked. */
  readonly live?: LiveSource;
  /** Hosts of registries that everybody knows: only names of packages from there are sent to servers. */
  readonly publicHosts?: readonly string[];
  /** Patterns of the organisation's own packages, by ecosystem: their names are sent to nobody. */
  readonly privatePackages?: Readonly<Partial<Record<Ecosystem, readonly string[]>>>;
  /** Evidence roots whose pages are read even where nothing refers to them, because somebody looks for a page by its name. */
  readonly roots?: readonly string[];
}
