/** What a report format is. Types only; the registry is generated from the folder. */
import type { Report, Supplement } from '../model.ts';
import type { Canvas } from './canvas.ts';

/** One way to show a report: a pure function that never decides, filters, prints or reads. */
export interface Format {
  /** One line for help. */
  readonly summary: string;
  /** What it shows beyond the findings, gathered only for it. */
  readonly needs?: Supplement;
  /** What a file of it ends with, where that is not its name. */
  readonly extension?: string;
  render(report: Report, canvas: Canvas): string;
}
