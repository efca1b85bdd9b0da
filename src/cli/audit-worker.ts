/** Entry of a thread that judges repositories of an audit: sets up by the same flags as the command line did. */
import { serve } from '../audit/serve.ts';
import { InputError } from '../input-error.ts';
import { shareSeals } from '../repo/sealed-git.ts';
import { benchFrom } from './audit-bench.ts';
import type { AuditSetup } from './audit-pool.ts';
import { keepTokens } from './remote.ts';

// What is not to be shown is known to each thread by itself.
keepTokens(process.env);

// Its temporary files lie in a folder that goes with the pool.
shareSeals();
serve(async ({ flags, yardstick }: AuditSetup) => {
  const bench = await benchFrom(flags);
  if (bench.header.yardstick !== yardstick)
    throw new InputError('what is judged by was changed while the audit ran', 'policy', 'run it again');
  return bench;
});
