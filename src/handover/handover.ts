/** What a handover is: sections of lines, each with what stands about it and where. Plain data; types only. */
import type { Place, Service, Standing, Verdict } from '../model.ts';

/** What stands about one line. */
export type Mark = Exclude<Standing, 'not-applicable'>;

/** One statement about the service. */
export interface Line {
  /** What it is about, in a few words. */
  readonly label: string;
  readonly text: string;
  readonly mark: Mark;
  /** Why the mark is what it is, where the text does not say so itself. */
  readonly because?: string;
  /** Where it is claimed, then where it is shown. */
  readonly places: readonly Place[];
  /** A passage of a document, as it is written there, without its formatting. */
  readonly quote?: readonly string[];
}

/** Lines about one thing, e.g. one dependency. */
export interface Group {
  /** Absent for what is about the service as a whole. */
  readonly title?: string;
  readonly lines: readonly Line[];
}

/** One subject of the page. */
export interface Section {
  /** Stable word for links into the page, e.g. `release`. */
  readonly id: string;
  readonly title: string;
  /** One sentence before the lines. */
  readonly lead?: string;
  /** Without any, the lead says that nothing is said. */
  readonly groups: readonly Group[];
}

/** The page of one service. */
export interface ServiceHandover {
  readonly service: Service;
  /** The name as people say it. */
  readonly title: string;
  readonly verdict: Verdict;
  /** How many lines carry each mark. */
  readonly marks: Readonly<Record<Mark, number>>;
  readonly sections: readonly Section[];
}

/** All that was compiled in one run. */
export interface Handover {
  readonly repo: { readonly name: string; readonly commit?: string; readonly dirty?: boolean };
  /** ISO date on which ages and expiries were counted. */
  readonly asOf: string;
  /** Version of gonogo. */
  readonly version: string;
  readonly services: readonly ServiceHandover[];
  /** Trouble with the run itself. */
  readonly notes: readonly string[];
}
