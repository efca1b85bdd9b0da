/** How the files of each ecosystem's database are called, and the ecosystem that a word of the command line means. */
import { SERVED } from '../advisories/package-name.ts';
import type { Ecosystem } from '../versions/order.ts';

/** The ecosystem that a word means, whatever its case. */
export function ecosystemMeant(word: string): Ecosystem | undefined {
  return SERVED.find((it) => it.toLowerCase() === word.trim().toLowerCase());
}

/** Names of an ecosystem's files in the folder of a database. */
export interface FileNames {
  /** The advisories. */
  readonly adv: string;
  /** Where each package stands in them. */
  readonly idx: string;
  /** The malicious packages. */
  readonly malware: string;
  /** The records that the advisories were made of, packed: what a small update starts from. */
  readonly records: string;
  /** What the server said when they were fetched. */
  readonly state: string;
}

export function filesOf(ecosystem: Ecosystem): FileNames {
  return {
    adv: `${ecosystem}.adv`,
    idx: `${ecosystem}.idx`,
    malware: `${ecosystem}.mal`,
    records: `${ecosystem}.records.gz`,
    state: `${ecosystem}.state.json`,
  };
}

/** The flaws that are known to be exploited, of all ecosystems. */
export const EXPLOITED_FILE = 'exploited.txt';
