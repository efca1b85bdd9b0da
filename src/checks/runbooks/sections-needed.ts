/** Which kinds of sections a runbook answers, and which of those asked for it lacks. Pure. */
import type { Runbook, RunbookSection, SectionKind } from '../../evidence/runbooks.ts';

/** Alternatives are joined by `|`: any of them will do. */
export type Needed = string;

/** The needed kinds that a runbook does not answer; `reachable`: a person is named elsewhere, e.g. in the manifest. */
export function lacking(runbook: Runbook, needed: readonly Needed[], reachable: boolean): readonly Needed[] {
  return needed.filter((need) => !need.split('|').some((kind) => answers(runbook, kind.trim(), reachable)));
}

function answers(runbook: Runbook, kind: string, reachable: boolean): boolean {
  if (runbook.kinds.includes(kind as SectionKind)) return true;
  // Whom to call may stand anywhere in the text, or in the manifest.
  if (kind === 'contacts') return runbook.contacts.length > 0 || reachable;
  return kind === 'dashboards' && runbook.dashboards.length > 0;
}

/** Sections whose headings promise what is needed, and that do not say it. */
export function hollowFor({ sections }: Runbook, need: Needed): readonly RunbookSection[] {
  const wanted = need.split('|').map((kind) => kind.trim());
  return sections.filter(
    ({ kinds, state, pointer }) => (state !== 'filled' || pointer) && kinds.some((kind) => wanted.includes(kind)),
  );
}

/** `diagnosis|mitigation` as people say it. */
export function spokenNeed(need: Needed): string {
  return need.split('|').join(' or ');
}
