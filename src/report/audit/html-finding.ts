/** An unmet finding of an audit as its page's script shows it. Pure. */
import type { Place, Waiver } from '../../model.ts';
import type { PackedFinding } from '../../model-audit.ts';
import { visible } from '../escape-terminal.ts';
import { placeText } from '../places.ts';
import { daysLeft } from '../waiver-clock.ts';
import type { PageFinding, PageProblem, PageWaiver } from './page-data.ts';

/** Most problems and places of one finding that the page carries; the JSON formats have all. */
const MOST = 50;

/** The finding of the rule with that index; every text is ready to be shown. */
export function pageFinding(finding: PackedFinding, rule: number, asOf: string): PageFinding {
  const { because, problems, claim, evidence, waiver, countsFrom } = finding;
  const ordered = [...problems.filter((it) => !it.waived), ...problems.filter((it) => it.waived)];
  return {
    rule,
    because: visible(because),
    problems: ordered.slice(0, MOST).map(pageProblem),
    more: Math.max(0, ordered.length - MOST),
    ...(claim && { claim: placeWords(claim) }),
    evidence: evidence.slice(0, MOST).map(placeWords),
    ...(evidence.length > MOST && { moreEvidence: evidence.length - MOST }),
    ...(waiver && { waiver: pageWaiver(waiver, asOf) }),
    ...(countsFrom !== undefined && { countsFrom }),
  };
}

function pageProblem({ message, at, fix, waived }: PackedFinding['problems'][number]): PageProblem {
  return {
    message: visible(message),
    ...(at && { at: placeWords(at) }),
    ...(fix !== undefined && { fix: visible(fix) }),
    waived,
  };
}

function pageWaiver({ owner, expires, reason, approvedBy, ticket, scope }: Waiver, asOf: string): PageWaiver {
  return {
    clock: daysLeft(asOf, expires),
    reason: visible(reason),
    owner: visible(owner),
    expires: visible(expires),
    ...(approvedBy !== undefined && { approvedBy: visible(approvedBy) }),
    ...(ticket !== undefined && { ticket: visible(ticket) }),
    ...(scope !== undefined && { scope: visible(scope) }),
  };
}

/** Viewers know lines and no columns. */
function placeWords({ column: _, ...place }: Place): string {
  return visible(placeText(place));
}
