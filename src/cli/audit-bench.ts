/** By what an audit judges each repository, and how it opens one. */

import type { Bench } from '../audit/judge-target.ts';
import { digestOf } from '../checklist/digest.ts';
import type { AuditHeader } from '../model-audit.ts';
import { ruleTexts } from '../packed-report.ts';
import { parseEach } from './audit-each.ts';
import { asOfFrom, type JudgingOptions, optionsFrom } from './options.ts';
import { supplementsFor } from './show.ts';
import { VERSION } from './version.ts';
import { openWorkspace } from './workspace.ts';
import { yardstickHere } from './yardstick.ts';

/** Flags that decide how each repository is judged. */
export interface BenchFlags extends JudgingOptions {
  /** Words such as `sarif=FOLDER`. */
  readonly each?: readonly string[];
}

/** The bench that flags set up. */
export async function benchFrom(flags: BenchFlags): Promise<Bench> {
  const supplements = [...new Set(await supplementsFor(parseEach(flags.each ?? [])))].sort();
  const header = await headerFrom(flags);
  const judging = { ...flags, asOf: header.asOf };
  return {
    header,
    open: ({ location, dir = '', ref }) =>
      openWorkspace(dir === '' ? location : `${location}/${dir}`, {
        evidenceRoot: flags.evidenceRoot,
        ...(ref !== undefined && { ref }),
      }),
    options: async (workspace) => ({ ...(await optionsFrom(judging, workspace)), supplements }),
  };
}

async function headerFrom(flags: JudgingOptions): Promise<AuditHeader> {
  const { policy, checklists } = await yardstickHere(flags);
  const asOf = asOfFrom(flags.asOf);
  const digests = checklists.map(({ area, digest }) => ({ name: area, digest }));
  const { only, failOn, tier, stage, profile, scope } = flags;
  return {
    schemaVersion: 1,
    tool: { name: 'gonogo', version: VERSION },
    asOf,
    checklists: digests,
    ...(policy && { policy: { name: policy.name, digest: policy.digest } }),
    yardstick: digestOf(
      JSON.stringify([VERSION, asOf, digests, policy?.digest, { only, failOn, tier, stage, profile, scope }]),
    ),
    rules: ruleTexts(checklists),
  };
}
