/** Where what an audit comes to goes: reports, a file for each repository, a store. What cannot be written is refused before anything is judged, as far as it is known by then. */
import type { Command } from 'commander';
import type { Across } from '../audit/run-folder.ts';
import { AUDIT_FORMATS } from '../generated/audit-formats.ts';
import { InputError } from '../input-error.ts';
import type { AuditHeader, Missing, Target } from '../model-audit.ts';
import { refuseUnwritable } from '../repo/write.ts';
import type { FailOn } from '../verdict/policy.ts';
import { parseEach, refuseEach, writeEach } from './audit-each.ts';
import { acrossNotes, exitCodeOf, type Rows, wholeAudit } from './audit-ending.ts';
import { canvasFor } from './canvas.ts';
import { destinationsAmong } from './destinations.ts';
import type { Outcome } from './program.ts';
import type { ShowFlags } from './show.ts';
import { pastOf, pushAudit, storeFor } from './store.ts';
import { complain } from './streams.ts';
import { writePieces } from './write-pieces.ts';

/** Flags that bear on it. */
interface OutputFlags extends ShowFlags {
  readonly each?: readonly string[];
}

/** Rows, by what they were judged, and the folders of the runs that hold them. */
interface Judged extends Pick<Rows, 'rows' | 'missing'> {
  /** From which severity on what blocks is exit code 1; absent where nothing is. */
  readonly bar: FailOn | undefined;
  /** Whether the rest is judged elsewhere, as was asked for. */
  readonly isPart: boolean;
  readonly header: AuditHeader;
  readonly across: Across;
  readonly runs: readonly string[];
}

/** Where it goes. */
export interface Output {
  /** Throws an InputError where these could not be written. */
  refuse(targets: readonly Pick<Target, 'id'>[], missing: Missing | undefined): Promise<void>;
  /** Sets the exit code, then writes all of it: the store is tried also where another output fails. */
  write(judged: Judged, outcome: Outcome): Promise<void>;
  close(): Promise<void>;
}

/** The output that a command's options name. */
export async function outputFor(command: Command): Promise<Output> {
  const flags = command.opts<OutputFlags>();
  const force = flags.force ?? false;
  const destinations = destinationsAmong(AUDIT_FORMATS, flags.format);
  const each = parseEach(flags.each ?? []);
  for (const { file } of destinations) if (file !== undefined) refuseUnwritable(file, { force });
  const store = await storeFor(command);
  return {
    async refuse(targets, missing) {
      if (store && missing) throw notWhole();
      await refuseEach(targets, each, force);
    },
    async write({ header, across, runs, bar, ...rows }, outcome) {
      const past = store && (await pastOf(store, header.asOf));
      const whole = wholeAudit(header, across, { ...rows, ...past });
      const { missing: _, ...present } = whole;
      outcome.exitCode = exitCodeOf(rows.isPart ? present : whole, bar);
      complain(acrossNotes(whole, bar, rows.isPart));
      const shown = { ...whole, ...(past && { trends: past.trends }) };
      const canvas = canvasFor(flags);
      try {
        await writeEach(whole, each, canvas, force);
        const renderOf = async (name: keyof typeof AUDIT_FORMATS) => (await AUDIT_FORMATS[name]()).render;
        await writePieces(destinations, renderOf, shown, { canvas, force });
      } finally {
        if (store) await pushAudit(store, whole, { runs, command, outcome });
      }
    },
    async close() {
      await store?.close();
    },
  };
}

/** The services of what is missing would look as if they were gone. */
function notWhole(): InputError {
  return new InputError(
    'an audit of which parts are missing is not stored',
    '--store',
    'store all of it at once: gonogo merge --store, with the runs of every shard',
  );
}
