/** Runs a command and turns every kind of trouble into a sentence on stderr and an exit code. */
import { InputError } from '../input-error.ts';
import { visible } from '../report/escape-terminal.ts';
import { onInterrupt } from './interrupt.ts';
import type { Outcome } from './program.ts';
import { BrokenPipe, complain } from './streams.ts';
import { VERSION } from './version.ts';

/** Could not judge: bad arguments or policy, nothing to judge, the environment, or a fault of ours. */
const COULD_NOT_JUDGE = 2;

/** Runs a command; never throws. */
export async function guarded(outcome: Outcome, run: () => Promise<void> | void): Promise<void> {
  const release = onInterrupt();
  try {
    await run();
  } catch (error) {
    // The reader went away (`| head`): the verdict stands.
    if (!(error instanceof BrokenPipe)) {
      outcome.exitCode = COULD_NOT_JUDGE;
      complain(
        wordsFor(error, process.argv.includes('--debug') || /^(1|true|yes|on)$/i.test(process.env.GONOGO_DEBUG ?? '')),
      );
    }
  } finally {
    release();
  }
}

function wordsFor(error: unknown, debug: boolean): string {
  if (isFolderGone(error))
    return sentence(new InputError('the current folder does not exist any more', '.', 'change to one that does'));
  return error instanceof InputError ? sentence(error) : bugReport(error, debug);
}

/** Somebody removed the folder that the shell is in. */
function isFolderGone(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && error.syscall === 'uv_cwd';
}

/** The user's trouble as lines for stderr. What a file or folder is called, and what stands in it, may hold anything. */
export function sentence({ message, at, hint }: InputError): string {
  const where = message.includes(at) ? '' : ` (${visible(at)})`;
  return `error: ${visible(message)}${where}\n  ${visible(hint)}\n`;
}

function bugReport(error: unknown, debug: boolean): string {
  const what = visible(error instanceof Error ? error.message : String(error));
  const stack = debug && error instanceof Error ? `\n${error.stack}` : '';
  const how = debug ? '' : ' (--debug shows where)';
  return `error: gonogo ${VERSION} itself failed: ${what}${how}\n  This is our fault, not your service's: please report it with the command you ran.${stack}\n`;
}
