/** By what an audit judges each repository, and how it opens one. */

import type { Bench } from '../audit/judge-target.ts';
import { ruleTexts } from '../audit/pack.ts';
import { digestOf } from '../checklist/digest.ts';
import type { EstateOptions } from '../estate/estate.ts';
import { ESTATE } from '../generated/checklists.ts';
import type { AuditHeader } from '../model-audit.ts';
import { asOfFrom, type JudgingOptions, optionsFrom } from './options.ts';
import { VERSION } from './version.ts';
import { openWorkspace } from './workspace.ts';
import { yardstickHere } from './yardstick.ts';

/** A bench, and by what the estate is assessed. */
interface AuditBench extends Bench {
  readonly estate: EstateOptions;
}

/** The bench that flags set up. */
export async function benchFrom(flags: JudgingOptions): Promise<AuditBench> {
  const { header, rules } = await headerFrom(flags);
  const { asOf } = header;
  const only = flags.only ?? [];
  const ofServices = only.filter((word) => !word.startsWith(ESTATE.area));
  // What is asked across services alone rests on what their manifests say.
  const each = only.length > 0 && ofServices.length === 0 ? ['manifest'] : ofServices;
  const judging = { ...flags, asOf, only: each };
  return {
    header,
    estate: { asOf, only, ...(rules && { rules }) },
    open: ({ location, dir = '', ref }) =>
      openWorkspace(dir === '' ? location : `${location}/${dir}`, {
        evidenceRoot: flags.evidenceRoot,
        ...(ref !== undefined && { ref }),
      }),
    options: (workspace) => optionsFrom(judging, workspace),
  };
}

/** The header, and what the policy changes about rules. */
async function headerFrom(
  flags: JudgingOptions,
): Promise<{ readonly header: AuditHeader; readonly rules?: EstateOptions['rules'] }> {
  const { policy, checklists } = await yardstickHere(flags);
  const asOf = asOfFrom(flags.asOf);
  const digests = checklists.map(({ area, digest }) => ({ name: area, digest }));
  const { only, failOn, tier, stage, profile, scope } = flags;
  const header: AuditHeader = {
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
  return { header, ...(policy?.rules && { rules: policy.rules }) };
}
