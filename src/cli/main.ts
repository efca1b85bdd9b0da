/** Entry of the command line: parses the arguments and hands over to a command, which is a file of its own in the built package. */
import { CommanderError } from 'commander';
import { buildProgram } from './program.ts';
import { BrokenPipe } from './streams.ts';

/** Bad arguments; commander's own exit code 1 would read as NO-GO. */
const BAD_ARGUMENTS = 2;

/** Runs one command; resolves to the process's exit code: 0, 1 (NO-GO) or 2 (could not judge). */
export async function main(argv: readonly string[]): Promise<number> {
  const outcome = { exitCode: 0 };
  try {
    await buildProgram(outcome).parseAsync([...argv], { from: 'user' });
  } catch (error) {
    // Help whose reader went away, e.g. `| head`.
    if (error instanceof BrokenPipe) return 0;
    // Commander has said it already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : BAD_ARGUMENTS;
    throw error;
  }
  return outcome.exitCode;
}
