/** Writes what is rendered in pieces where the operator wants it: files first, so that a closed stdout loses none of them. */
import { writeFileSafely } from '../repo/write.ts';
import type { Canvas } from '../report/canvas.ts';
import type { Destination } from './destinations.ts';
import { print } from './streams.ts';

/** Turns data into pieces of text. */
type Render<T> = (data: T, canvas: Canvas) => Iterable<string>;

/** Writes all of them. A file gets no colour and no wrapping. */
export async function writePieces<T, Name extends string>(
  destinations: readonly Destination<Name>[],
  load: (format: Name) => Promise<Render<T>>,
  data: T,
  { canvas, force }: { readonly canvas: Canvas; readonly force: boolean },
): Promise<void> {
  const inOrder = [...destinations].sort((a, b) => Number(a.file === undefined) - Number(b.file === undefined));
  for (const { format, file } of inOrder) {
    const render = await load(format);
    if (file === undefined) for (const piece of render(data, canvas)) print(piece);
    else writeFileSafely(file, render(data, { ...canvas, width: 0, colour: 0, hyperlinks: false }), { force });
  }
}
