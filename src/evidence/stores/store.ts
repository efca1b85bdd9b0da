/** The shape of a store of data, whoever runs it, with what brings its data back and what keeps it from going. Types only. */
import type { Place } from '../../model.ts';
import type { Maybe } from '../known.ts';
import type { Dialect } from './greatest-gap.ts';

/** What it is to the service. */
type StoreKind = 'db' | 'cache' | 'queue' | 'search' | 'bucket' | 'volume';

/** One store. */
export interface Store {
  /** As the repository calls it: a resource's label, an object's name, a host. */
  readonly name: string;
  /** Every name it goes by, e.g. its identifier and its database. */
  readonly names: readonly string[];
  /** E.g. postgres, dynamodb, s3; `sql` where the engine cannot be read. */
  readonly product: string;
  readonly kind: StoreKind;
  /**
   * `defined`: infrastructure as code creates it. `run`: a workload runs it. `local`: started beside the service by Compose or by
   * somebody else's chart, so that production's may be another. `connected`: a setting says that it is spoken to.
   */
  readonly basis: 'defined' | 'run' | 'local' | 'connected';
  /** What shows it, e.g. aws_db_instance, StatefulSet, a connection's address. */
  readonly by: string;
  readonly environment?: string;
  readonly aside?: { readonly because: string };
  readonly namespace?: string;
  /** Where it is decided whether it exists at all. */
  readonly when?: string;
  /** What keeps the view of it from being whole, e.g. a module that is not here. */
  readonly partial?: string;
  readonly backups: readonly Backup[];
  /** What keeps it from being deleted, or says that nothing does. */
  readonly safeguards: readonly Safeguard[];
  /** Copies out of its own reach. */
  readonly copies: readonly Copy[];
  /** What removes data that has grown old. */
  readonly expiries: readonly Expiry[];
  readonly at: Place;
}

/** One way in which data is saved. */
export interface Backup {
  /** What says so, e.g. backup_retention_period, ScheduledBackup, pg_dump. */
  readonly by: string;
  /** `continuous`: changes are archived as they come. `snapshots`, `dump`: the whole at certain times. `versions`: what is overwritten stays. */
  readonly means: 'continuous' | 'snapshots' | 'dump' | 'versions';
  readonly on: Maybe<boolean>;
  /** When, as written: a cron expression or an interval. Absent: the platform decides. */
  readonly schedule?: Maybe<string>;
  readonly dialect?: Dialect;
  readonly zone?: string;
  /** The greatest loss that the platform's documentation allows for, as a duration, and whose words these are. */
  readonly lag?: { readonly most: string; readonly source: string };
  /** How long it is kept, as a duration. */
  readonly retention?: Maybe<string>;
  readonly at: Place;
}

/** A scheduled job that saves something, told by the commands it runs. */
export interface BackupJob extends Backup {
  readonly name: string;
  /** The product whose tool it runs; `files` for copies of files, absent for tools that save whatever they are given. */
  readonly product?: string;
  /** Everything its commands and settings name, in lower case: hosts, databases, volumes; where files are copied, what they are copied from. */
  readonly mentions: readonly string[];
  /** Namespaces whose volumes it saves, for jobs that save all volumes of a namespace; empty: of every one. */
  readonly namespaces?: readonly string[];
  /** What it leaves out of them, e.g. namespaces or what has no label, so that nobody can tell what it saves. */
  readonly leavesOut?: string;
  /** What it does is not here to see; its command or its image only speaks of backups. */
  readonly hint?: true;
  /** Whether what it makes outlives the job: it is uploaded, or written to a volume. */
  readonly kept: boolean;
  /** Its failure is lost: why. */
  readonly weakened?: string;
  readonly kind: string;
  readonly environment?: string;
  readonly aside?: { readonly because: string };
}

/** Something that keeps a store from being deleted with its data. */
export interface Safeguard {
  /** E.g. deletion_protection. */
  readonly by: string;
  readonly holds: Maybe<boolean>;
  readonly at: Place;
}

/** A copy that whoever destroys the store does not reach. */
export interface Copy {
  readonly where: 'other-region' | 'other-account' | 'immutable' | 'elsewhere';
  /** What makes it, e.g. copy_action. */
  readonly by: string;
  readonly holds: Maybe<boolean>;
  readonly at: Place;
}

/** Data that goes by itself when it is old. */
export interface Expiry {
  readonly by: string;
  /** Days after which it goes; absent where each item says so itself. */
  readonly days?: Maybe<number>;
  /** It is about a part only, e.g. a prefix or versions that were replaced. */
  readonly part?: string;
  readonly at: Place;
}
