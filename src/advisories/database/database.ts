/** The shapes of an advisory database: what it is built from, its two files in memory, and how it is opened. Types only. */
import type { Ecosystem, VersionOrder } from '../../versions/order.ts';
import type { Advisory } from '../advisory.ts';

/** Whom the advisories are from, for attribution. */
export interface DatabaseSource {
  readonly name: string;
  /** SPDX id, e.g. `CC-BY-4.0`. */
  readonly licence: string;
  readonly url: string;
  /** ISO instant of what was taken from it. */
  readonly asOf: string;
}

/** The first line of an `.adv` file. */
export interface DatabaseHeader {
  /** Version of the format. */
  readonly gonogoDb: 1;
  readonly ecosystem: Ecosystem;
  /** ISO instant up to which the data is complete. */
  readonly asOf: string;
  /** ISO instant of the newest change in any record; empty where there are none. */
  readonly newestModified: string;
  /** Records that are in it, before merging; withdrawn ones are not counted. */
  readonly records: number;
  readonly packages: number;
  /** Whether it holds all of the ecosystem's advisories as of `asOf`, malware apart. */
  readonly complete: boolean;
  readonly sources: readonly DatabaseSource[];
  /** Version of gonogo that built it. */
  readonly builder: string;
  /** Length of all lines after this one: tells a file that was cut short. */
  readonly bytes: number;
  /** SHA-256 of all lines after this one, in hex. */
  readonly digest: string;
}

/** What a database is built with. No clock is read: the same records and options give the same bytes. */
export interface BuildOptions {
  readonly ecosystem: Ecosystem;
  readonly order: VersionOrder;
  readonly asOf: string;
  readonly sources: readonly DatabaseSource[];
  readonly builder: string;
  /** True unless said otherwise. */
  readonly complete?: boolean;
}

/** A database in memory, ready to be written. */
export interface BuiltDatabase {
  readonly header: DatabaseHeader;
  /** Contents of `<ecosystem>.adv`: UTF-8 text. */
  readonly adv: Uint8Array;
  /** Contents of `<ecosystem>.idx`. */
  readonly idx: Uint8Array;
  /** A sentence for each thing in the records that was not understood; the first hundred, then one with how many more there are. */
  readonly troubles: readonly string[];
}

/** The bytes of an `.adv` file, read where they are asked for. May answer fewer bytes than asked for, may use their memory again for the next answer, and may throw. */
export interface DatabaseBytes {
  readonly size: number;
  read(offset: number, length: number): Uint8Array;
}

/** What a look-up found. */
export interface Found {
  /** By name as it was asked for; only those that have any advisory. */
  readonly advisories: ReadonlyMap<string, readonly Advisory[]>;
  /** A sentence for each name whose line could not be read: what is known about it is not known. */
  readonly troubles: readonly string[];
}

/** A database that can be asked. */
export interface Database {
  readonly header: DatabaseHeader;
  /** Sentences about what was wrong and could be helped, such as an index made anew. */
  readonly troubles: readonly string[];
  /** Never throws. Names are compared as the ecosystem compares them. */
  lookup(names: Iterable<string>): Found;
}

/** A database, or the sentence that says why there is none. */
export type Opened = { readonly database: Database } | { readonly trouble: string };
