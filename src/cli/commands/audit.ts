/** `gonogo audit`: judges many repositories and shows what stands in each and across them. */
import type { Command } from 'commander';
import { memoryLedger, runAudit } from '../../audit/engine.ts';
import { targetsIn } from '../../audit/find-targets.ts';
import { judgeTarget } from '../../audit/judge-target.ts';
import { assessEstate } from '../../estate/estate.ts';
import { AUDIT_FORMATS } from '../../generated/audit-formats.ts';
import type { Audit } from '../../model-audit.ts';
import { visible } from '../../report/escape-terminal.ts';
import { type BenchFlags, benchFrom } from '../audit-bench.ts';
import { writeAudit } from '../audit-show.ts';
import { canvasFor } from '../canvas.ts';
import { destinationsAmong } from '../destinations.ts';
import type { Outcome } from '../program.ts';
import type { ShowFlags } from '../show.ts';
import { complain } from '../streams.ts';

/** Options of `audit`, as commander leaves them. */
interface AuditFlags extends BenchFlags, ShowFlags {}

/** Runs the command; the exit code is 2 where a repository could not be judged, 1 where `--fail-on` was asked for and one is NO-GO, else 0. */
export async function audit(words: readonly string[], command: Command, outcome: Outcome): Promise<void> {
  const flags = command.opts<AuditFlags>();
  const destinations = destinationsAmong(AUDIT_FORMATS, flags.format);
  const targets = words.flatMap(targetsIn);
  const bench = await benchFrom(flags);
  if (bench.note !== undefined) complain(`note: ${visible(bench.note)}\n`);
  const ledger = memoryLedger();
  try {
    await runAudit(targets, (target) => judgeTarget(target, bench), ledger, { atOnce: 1 });
    const rows = (): ReturnType<Audit['rows']> => ledger.rows();
    const gates = ['cli', 'env'].includes(command.getOptionValueSource('failOn') ?? '');
    outcome.exitCode = exitCodeOf(rows(), gates);
    const whole: Audit = { ...bench.header, rows, estate: assessEstate(rows()) };
    await writeAudit(whole, destinations, canvasFor(flags), flags.force ?? false);
  } finally {
    ledger.close();
    bench.cache?.close();
  }
}

/** What could not be judged outweighs what is not ready. */
function exitCodeOf(rows: ReturnType<Audit['rows']>, gates: boolean): number {
  let code = 0;
  for (const { outcome, verdict } of rows) {
    if (outcome !== 'judged') return 2;
    if (gates && verdict === 'NO-GO') code = 1;
  }
  return code;
}
