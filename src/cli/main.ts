/** Entry of the command line: hands arguments to a command, turns every kind of trouble into a sentence and an exit code. */
import { CommanderError } from 'commander';
import { InputError } from '../input-error.ts';
import { visible } from '../report/escape-terminal.ts';
import { onInterrupt } from './interrupt.ts';
import { buildProgram } from './program.ts';
import { BrokenPipe, complain } from './streams.ts';
import { VERSION } from './version.ts';

/** Could not judge: bad arguments or policy, nothing to judge, the environment, or a fault of ours. */
const COULD_NOT_JUDGE = 2;

/** Runs one command; resolves to the process's exit code: 0, 1 (NO-GO) or 2 (could not judge). */
export async function main(argv: readonly string[]): Promise<number> {
  const outcome = { exitCode: 0 };
  const release = onInterrupt();
  try {
    await buildProgram(outcome).parseAsync([...argv], { from: 'user' });
    return outcome.exitCode;
  } catch (error) {
    return codeOf(error, outcome.exitCode, argv.includes('--debug'));
  } finally {
    release();
  }
}

function codeOf(error: unknown, verdict: number, debug: boolean): number {
  // The reader went away (`| head`): the verdict stands.
  if (error instanceof BrokenPipe) return verdict;
  // Commander has said it already; its exit code 1 would read as NO-GO.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : COULD_NOT_JUDGE;
  const trouble = isFolderGone(error)
    ? new InputError('the current folder does not exist any more', '.', 'change to one that does')
    : error;
  if (trouble instanceof InputError) complain(sentence(trouble));
  else complain(bugReport(error, debug));
  return COULD_NOT_JUDGE;
}

/** Somebody removed the folder that the shell is in. */
function isFolderGone(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && error.syscall === 'uv_cwd';
}

/** What a file or folder is called, and what stands in it, may hold anything. */
function sentence({ message, at, hint }: InputError): string {
  const where = message.includes(at) ? '' : ` (${visible(at)})`;
  return `error: ${visible(message)}${where}\n  ${visible(hint)}\n`;
}

function bugReport(error: unknown, debug: boolean): string {
  const what = visible(error instanceof Error ? error.message : String(error));
  const stack = debug && error instanceof Error ? `\n${error.stack}` : '';
  const how = debug ? '' : ' (--debug shows where)';
  return `error: gonogo ${VERSION} itself failed: ${what}${how}\n  This is our fault, not your service's: please report it with the command you ran.${stack}\n`;
}
