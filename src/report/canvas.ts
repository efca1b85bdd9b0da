/** What a reporter knows about the place its text will be shown. Types only; the command line computes it once. */

/** The surface a human format is drawn for. */
export interface Canvas {
  /** Columns to wrap at; 0 when the output is no terminal, so that nothing is wrapped or cut. */
  readonly width: number;
  /** Levels of colour: 0 none, 1 the sixteen basic colours, 2 of 256, 3 true colour. */
  readonly colour: 0 | 1 | 2 | 3;
  /** Whether OSC 8 links may be written. */
  readonly hyperlinks: boolean;
  /** Whether symbols and bars outside ASCII may be drawn. Text from the repository is shown as it is either way. */
  readonly unicode: boolean;
  /** Only the verdict and what blocks. */
  readonly quiet: boolean;
  /** Also what passed, with its evidence, and every problem. */
  readonly verbose: boolean;
  /** The way from the report's folder to where all places start, `/` between the parts; a report on stdout is taken to lie there. */
  readonly base?: string;
}
