/** Writes to stdout and stderr, whole and at once, and no secret: a report is never cut short, and a reader who went away is no error. */
import { writeSync } from 'node:fs';
import { InputError } from '../input-error.ts';
import { withoutSecrets } from '../secrets.ts';

const STDOUT = 1;
const STDERR = 2;

/** The other end of stdout was closed, e.g. by `| head`. */
export class BrokenPipe extends Error {}

/** Writes the report to stdout. */
export function print(text: string): void {
  write(STDOUT, text);
}

/** Writes a message, a note or progress to stderr; nothing can be done when that fails. */
export function complain(text: string): void {
  try {
    write(STDERR, text);
  } catch {
    // Nobody is left to tell.
  }
}

function write(descriptor: number, text: string): void {
  const bytes = Buffer.from(withoutSecrets(text.toWellFormed()), 'utf8');
  for (let offset = 0; offset < bytes.length; ) {
    offset += writeSome(descriptor, bytes, offset);
  }
}

function writeSome(descriptor: number, bytes: Buffer, offset: number): number {
  try {
    return writeSync(descriptor, bytes, offset);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EAGAIN') return pause();
    if (code === 'EPIPE') throw new BrokenPipe();
    throw new InputError(
      `could not write the output: ${code === 'ENOSPC' ? 'no space left on the device' : message}`,
      'stdout',
      'free some space or write elsewhere, then run it again',
    );
  }
}

/** A slow reader has filled the pipe: give it ten milliseconds. */
function pause(): number {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
  return 0;
}
