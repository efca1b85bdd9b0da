/** By what an audit judges each repository, and how it opens one: whatever is the same for all is loaded once. */
import { posix } from 'node:path';
import type { Bench } from '../audit/judge-target.ts';
import type { Across } from '../audit/run-folder.ts';
import { digestOf } from '../checklist/digest.ts';
import type { Yardstick } from '../checklist/policy.ts';
import { POLICY_FILE } from '../checklist/policy-file.ts';
import type { OpenData } from '../database/opened.ts';
import type { Reference } from '../evidence/reference.ts';
import { ESTATE } from '../generated/checklists.ts';
import type { AuditHeader, Target } from '../model-audit.ts';
import { ruleTexts } from '../packed-report.ts';
import type { Options, Workspace } from '../run.ts';
import { type CacheFlags, type CacheHere, cacheFrom } from './audit-cache.ts';
import { parseEach } from './audit-each.ts';
import { asOfFrom, type JudgingOptions, optionsBy, optionsFrom } from './options.ts';
import { dataFrom, identityOf, referenceFrom } from './reference.ts';
import { supplementsFor } from './show.ts';
import { BUILD, VERSION } from './version.ts';
import { openWorkspace } from './workspace.ts';
import { yardstickHere } from './yardstick.ts';

/** Flags that decide how each repository is judged. */
export interface BenchFlags extends JudgingOptions, CacheFlags {
  /** Words such as `sarif=FOLDER`. */
  readonly each?: readonly string[];
  /** Commits that are fetched of what lies elsewhere. */
  readonly history?: number;
}

/** A bench, by what all repositories together are looked at, and a sentence about its cache that the user is to know. */
interface AuditBench extends Bench, Pick<CacheHere, 'note'> {
  readonly across: Across;
}

/** The bench that flags set up. */
export async function benchFrom(flags: BenchFlags): Promise<AuditBench> {
  const supplements = [...new Set(await supplementsFor(parseEach(flags.each ?? [])))].sort();
  const yardstick = await yardstickHere(flags);
  const data = dataFrom(flags);
  const header = headerOf(yardstick, flags, identityOf(flags, data));
  const { asOf } = header;
  const { rules, focus } = yardstick.policy ?? {};
  const only = flags.only ?? [];
  const ofServices = only.filter((word) => !word.startsWith(ESTATE.area));
  // What is asked across services alone rests on what their manifests say.
  const each = only.length > 0 && ofServices.length === 0 ? ['manifest'] : ofServices;
  const judging = { ...flags, asOf, only: each };
  const optionsOf = await optionsOfEach(yardstick, judging, data);
  return {
    header,
    supplements,
    ...cacheFrom(flags, yardstick.checks.size),
    across: { only, ...(rules && { rules }), ...(focus && { focus }) },
    open: (target) => opened(target, flags),
    options: async (workspace) => ({ ...(await optionsOf(workspace)), supplements }),
  };
}

/** A folder in a repository need not lie on the disk: a bare clone has none, and a commit may have another than the work tree. */
async function opened({ location, dir, ref }: Target, { evidenceRoot }: BenchFlags): Promise<Workspace> {
  const workspace = await openWorkspace(location, { evidenceRoot, ...(ref !== undefined && { ref }) });
  return dir === undefined ? workspace : { ...workspace, dir: posix.join(workspace.dir, dir) };
}

/** A repository with a policy of its own, where that counts, has options of its own. So has any where checks of an organisation's are code: that may lie in what is judged, and then is not run. */
async function optionsOfEach(
  yardstick: Yardstick,
  flags: JudgingOptions,
  data: OpenData | undefined,
): Promise<(workspace: Workspace) => Promise<Options>> {
  const asked = (): Promise<Reference> => referenceFrom(flags, yardstick.policy?.private_packages, data);
  const shared = optionsBy(yardstick, flags, await asked());
  const isAlone = ({ repo }: Workspace): boolean =>
    yardstick.checks.size > 0 ||
    (flags.policy === undefined && repo.list().files.some(({ path }) => path === POLICY_FILE));
  return async (workspace) => {
    if (isAlone(workspace)) return optionsFrom(flags, workspace, workspace.repo, data);
    // What is wrong with the data on one repository's packages is no matter of the next.
    return { ...shared, reference: await asked() };
  };
}

function headerOf({ policy, checklists }: Yardstick, flags: BenchFlags, advisories: readonly string[]): AuditHeader {
  const asOf = asOfFrom(flags.asOf);
  const digests = checklists.map(({ area, digest }) => ({ name: area, digest }));
  return {
    schemaVersion: 1,
    tool: { name: 'gonogo', version: VERSION },
    asOf,
    checklists: digests,
    ...(policy && { policy: { name: policy.name, digest: policy.digest } }),
    yardstick: digestOf(
      JSON.stringify([VERSION, BUILD, asOf, digests, ESTATE.digest, policy?.digest, flagsOf(flags), advisories]),
    ),
    rules: ruleTexts(checklists),
  };
}

/** Those that an answer depends on; where something lies on this machine is no part of them. */
function flagsOf(flags: BenchFlags): object {
  const { only, failOn, tier, stage, profile, scope, online, publicHost, registry, live, evidenceRoot, history } =
    flags;
  const roots = evidenceRoot.map((word) => word.split('=', 1)[0]);
  return { only, failOn, tier, stage, profile, scope, online, publicHost, registry, live, roots, history };
}
