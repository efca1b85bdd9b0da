/** Canvases for the reporters' tests. */
import type { Canvas } from '../../src/report/canvas.ts';

/** A plain canvas of 80 columns with some of its traits changed. */
export function canvas(more: Partial<Canvas> = {}): Canvas {
  return { width: 80, colour: 0, hyperlinks: false, unicode: true, quiet: false, verbose: false, ...more };
}
