/** What one run of a load test measured, whichever tool ran it. Types, and a way to leave out what a tool did not write. */

/** Response times in milliseconds. */
interface Latency {
  readonly p50?: number;
  readonly p95?: number;
  readonly p99?: number;
  readonly max?: number;
}

/** What one run measured. What the tool did not write is absent. */
export interface Measured {
  readonly tool: 'k6' | 'jmeter' | 'gatling' | 'autocannon';
  readonly latencyMs: Latency;
  /** Requests a second over the whole run. */
  readonly rps?: number;
  /** Share of requests that failed, from 0 to 1. */
  readonly errorRatio?: number;
  readonly requests?: number;
  /** Seconds. */
  readonly durationS?: number;
  /** The run's own thresholds that were crossed. */
  readonly thresholdsFailed?: readonly string[];
  /** Day of the run, as YYYY-MM-DD, when the file says it. */
  readonly date?: string;
  /** Line that the numbers stand on or below. */
  readonly line: number;
}

/** A run, or that the text is somebody else's, or why it cannot be read although it is a result. */
export type LoadReading =
  | { readonly kind: 'result'; readonly measured: Measured }
  | { readonly kind: 'other' }
  | { readonly kind: 'broken'; readonly reason: 'invalid-syntax' | 'language'; readonly detail: string };

/** Without the keys that hold nothing. */
export function tidy<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, it]) => it !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
