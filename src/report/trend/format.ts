/** What a format of a trend is. Types only; the registry is generated from the folder. */
import type { Trend } from '../../model-trend.ts';
import type { Canvas } from '../canvas.ts';

/** One way to show a trend. Never decides, filters or reads. */
export interface TrendFormat {
  /** One line for help. */
  readonly summary: string;
  render(trend: Trend, canvas: Canvas): Iterable<string>;
}
