/** By what an audit judges each repository, and how it opens one: whatever is the same for all is loaded once. */
import type { Bench } from '../audit/judge-target.ts';
import type { Across } from '../audit/run-folder.ts';
import { digestOf } from '../checklist/digest.ts';
import type { Yardstick } from '../checklist/policy.ts';
import { POLICY_FILE } from '../checklist/policy-file.ts';
import { ESTATE } from '../generated/checklists.ts';
import type { AuditHeader } from '../model-audit.ts';
import { ruleTexts } from '../packed-report.ts';
import type { Options, Workspace } from '../run.ts';
import { parseEach } from './audit-each.ts';
import { asOfFrom, type JudgingOptions, optionsBy, optionsFrom } from './options.ts';
import { referenceFrom } from './reference.ts';
import { supplementsFor } from './show.ts';
import { VERSION } from './version.ts';
import { openWorkspace } from './workspace.ts';
import { yardstickHere } from './yardstick.ts';

/** Flags that decide how each repository is judged. */
export interface BenchFlags extends JudgingOptions {
  /** Words such as `sarif=FOLDER`. */
  readonly each?: readonly string[];
}

/** A bench, and by what all repositories together are looked at. */
interface AuditBench extends Bench {
  readonly across: Across;
}

/** The bench that flags set up. */
export async function benchFrom(flags: BenchFlags): Promise<AuditBench> {
  const supplements = [...new Set(await supplementsFor(parseEach(flags.each ?? [])))].sort();
  const yardstick = await yardstickHere(flags);
  const header = headerOf(yardstick, flags);
  const { asOf } = header;
  const { rules, focus } = yardstick.policy ?? {};
  const only = flags.only ?? [];
  const ofServices = only.filter((word) => !word.startsWith(ESTATE.area));
  // What is asked across services alone rests on what their manifests say.
  const each = only.length > 0 && ofServices.length === 0 ? ['manifest'] : ofServices;
  const judging = { ...flags, asOf, only: each };
  const optionsOf = await optionsOfEach(yardstick, judging);
  return {
    header,
    across: { only, ...(rules && { rules }), ...(focus && { focus }) },
    open: ({ location, dir = '', ref }) =>
      openWorkspace(dir === '' ? location : `${location}/${dir}`, {
        evidenceRoot: flags.evidenceRoot,
        ...(ref !== undefined && { ref }),
      }),
    options: async (workspace) => ({ ...(await optionsOf(workspace)), supplements }),
  };
}

/** A repository with a policy of its own, where that counts, has options of its own. So has any where checks of an organisation's are code: that may lie in what is judged, and then is not run. */
async function optionsOfEach(
  yardstick: Yardstick,
  flags: JudgingOptions,
): Promise<(workspace: Workspace) => Promise<Options>> {
  const shared = optionsBy(yardstick, flags, await referenceFrom(flags, yardstick.policy?.private_packages));
  const isAlone = ({ repo }: Workspace): boolean =>
    yardstick.checks.size > 0 ||
    (flags.policy === undefined && repo.list().files.some(({ path }) => path === POLICY_FILE));
  return async (workspace) => (isAlone(workspace) ? optionsFrom(flags, workspace) : shared);
}

function headerOf({ policy, checklists }: Yardstick, flags: JudgingOptions): AuditHeader {
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
      JSON.stringify([
        VERSION,
        asOf,
        digests,
        ESTATE.digest,
        policy?.digest,
        { only, failOn, tier, stage, profile, scope },
      ]),
    ),
    rules: ruleTexts(checklists),
  };
}
