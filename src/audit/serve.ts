/** What a thread of the pool does: opens what it judges by once, then judges whatever it is handed. */
import { worker } from 'workerpool';
import type { AuditRow, Target } from '../model-audit.ts';
import { type Bench, judgeTarget } from './judge-target.ts';

/** Waits for repositories; `open` makes the bench of the setup that the pool was given. */
export function serve<Setup>(open: (setup: Setup) => Promise<Bench>): void {
  let bench: Promise<Bench> | undefined;
  worker({
    async judge(setup: Setup, target: Target): Promise<AuditRow> {
      bench ??= open(setup);
      return judgeTarget(target, await bench);
    },
  });
}
