/** The shapes of the table of lifecycles. Types only; the table is data/lifecycles.yaml, compiled into src/generated/lifecycles.ts. */

/** One release cycle. */
export interface Cycle {
  /** E.g. `3.14`, `24`, `nodejs22.x`. */
  readonly cycle: string;
  /** ISO day of the maker's last support; false: supported on the day it was checked, and no end was named. */
  readonly end: string | false;
  /** ISO day on which longer support ends, where there is any. */
  readonly extendedEnd?: string;
}

/** One product. */
export interface Product {
  /** As people write it, e.g. Node.js. */
  readonly name: string;
  readonly kind: 'runtime' | 'os' | 'service' | 'platform' | 'tool' | 'framework';
  /** Where the dates were read. */
  readonly source: string;
  /** The maker's own page. */
  readonly policy?: string;
  /** ISO day as of which the source says so. */
  readonly checked: string;
  /** For how many days after that a cycle without an end is believed to be supported. */
  readonly holds: number;
  /** Whether longer support is for everybody or for those who pay. */
  readonly extended?: 'free' | 'paid';
  /** Its makers maintain only the newest release, which is out for weeks: there are no cycles to tell of. */
  readonly rolling?: boolean;
  /** Of a framework: packages that tell it is there, as `ECOSYSTEM name`; `group:*` is any artifact of a group. */
  readonly packages?: readonly string[];
  /** Newest first. */
  readonly cycles: readonly Cycle[];
  /** Codename → cycle, e.g. bookworm → 12. */
  readonly codenames: Readonly<Record<string, string>>;
}
