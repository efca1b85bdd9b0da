/** By what an audit judges each repository, and how it opens one. */

import type { Bench } from '../audit/judge-target.ts';
import { ruleTexts } from '../audit/pack.ts';
import { digestOf } from '../checklist/digest.ts';
import type { Yardstick } from '../checklist/policy.ts';
import type { AuditHeader } from '../model-audit.ts';
import { type CacheFlags, type CacheHere, cacheFrom } from './audit-cache.ts';
import { asOfFrom, type JudgingOptions, optionsFrom } from './options.ts';
import { dataFrom, identityOf } from './reference.ts';
import { BUILD, VERSION } from './version.ts';
import { openWorkspace } from './workspace.ts';
import { yardstickHere } from './yardstick.ts';

/** Flags that decide how repositories are judged. */
export interface BenchFlags extends JudgingOptions, CacheFlags {}

/** The bench that flags set up, and a sentence about its cache that the user is to know. */
export async function benchFrom(flags: BenchFlags): Promise<Bench & Pick<CacheHere, 'note'>> {
  const yardstick = await yardstickHere(flags);
  const data = dataFrom(flags);
  const header = headerFrom(flags, yardstick, identityOf(flags, data));
  const judging = { ...flags, asOf: header.asOf };
  return {
    header,
    ...cacheFrom(flags, yardstick.checks.size),
    open: ({ location, dir = '', ref }) =>
      openWorkspace(dir === '' ? location : `${location}/${dir}`, {
        evidenceRoot: flags.evidenceRoot,
        ...(ref !== undefined && { ref }),
      }),
    options: (workspace) => optionsFrom(judging, workspace, workspace.repo, data),
  };
}

function headerFrom(
  flags: JudgingOptions,
  { policy, checklists }: Yardstick,
  advisories: readonly string[],
): AuditHeader {
  const asOf = asOfFrom(flags.asOf);
  const digests = checklists.map(({ area, digest }) => ({ name: area, digest }));
  return {
    schemaVersion: 1,
    tool: { name: 'gonogo', version: VERSION },
    asOf,
    checklists: digests,
    ...(policy && { policy: { name: policy.name, digest: policy.digest } }),
    yardstick: digestOf(JSON.stringify([VERSION, BUILD, asOf, digests, policy?.digest, flagsOf(flags), advisories])),
    rules: ruleTexts(checklists),
  };
}

/** Those that an answer depends on; where something lies on this machine is no part of them. */
function flagsOf(flags: JudgingOptions): object {
  const { only, failOn, tier, stage, profile, scope, online, publicHost, registry, live, evidenceRoot } = flags;
  const roots = evidenceRoot.map((word) => word.split('=', 1)[0]);
  return { only, failOn, tier, stage, profile, scope, online, publicHost, registry, live, roots };
}
