/** Rules across services that a service takes itself out of: with a reason in its manifest, or by a valid waiver. Pure. */

import { emptiness, REASON_LETTERS } from '../../checks/manifest/reasons.ts';
import { ESTATE } from '../../generated/checklists.ts';
import type { Place } from '../../model.ts';
import type { ExcuseFact } from '../../model-facts.ts';
import type { JudgedService } from '../../run.ts';
import { kept } from './bounds.ts';

const RULES: ReadonlySet<string> = new Set(ESTATE.rules.flatMap(({ id, aliases = [] }) => [id, ...aliases]));

/** Those that name a rule of the estate. */
export function excusesOf({ manifest, report }: JudgedService, at: (pointer: string) => Place): readonly ExcuseFact[] {
  const set = (manifest.claims.na ?? []).flatMap(({ rule, reason }, index) =>
    RULES.has(rule) && !emptiness(reason, REASON_LETTERS)
      ? [{ rule, reason: kept(reason), at: at(`/na/${index}`) }]
      : [],
  );
  const waived = report.waivers.flatMap(({ rule, reason, expires, scope, at: place }) =>
    RULES.has(rule)
      ? [{ rule, reason: kept(reason), at: place, until: expires, ...(scope !== undefined && { only: kept(scope) }) }]
      : [],
  );
  return [...set, ...waived];
}
