/** A server that did not give what was asked of it: one sentence for a person. */
export class OnlineError extends Error {
  /** Whether the same request may well succeed a little later. */
  readonly passing: boolean;
  /** The status that it answered with, where it answered at all. */
  readonly status: number | undefined;
  /** Whether it had all the time that it is given: asking again would take as long. */
  readonly slow: boolean;
  /** How long it asks to be left alone, in milliseconds. */
  readonly after: number | undefined;

  constructor(
    sentence: string,
    more: {
      readonly passing?: boolean;
      readonly status?: number | undefined;
      readonly slow?: boolean;
      readonly after?: number | undefined;
    } = {},
  ) {
    super(sentence);
    this.name = 'OnlineError';
    this.passing = more.passing ?? false;
    this.slow = more.slow ?? false;
    this.status = more.status;
    this.after = more.after;
  }
}
