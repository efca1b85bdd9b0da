/** The standing of a statement on every runbook: disproved by one, unknown while one cannot be read, else verified. Pure. */
import type { Facts } from '../../evidence/runbooks.ts';
import type { Assessment, Gathered, Place, Problem } from '../../model.ts';
import { contradicted, unknown, verified } from '../define.ts';
import { counted } from '../words.ts';

const MOST_CITED = 10;

/** What a check found out about the runbooks. */
export interface RunbookJudgement {
  readonly because: string;
  readonly problems: readonly Problem[];
  /** Problems that the rule's parameters allow: they are shown and disprove nothing. */
  readonly tolerated?: boolean;
  /** Runbooks that show it. */
  readonly shown: readonly Place[];
}

/** Puts a judgement on those that were read together with what could not be read. */
export function everyRunbook({ facts, unread }: Gathered<Facts>, judgement: RunbookJudgement): Assessment {
  const { because, problems, tolerated = false, shown } = judgement;
  const evidence = shown.slice(0, MOST_CITED);
  if (problems.length > 0 && !tolerated) return contradicted(because, problems, { evidence });
  const foreign = facts.runbooks.filter(({ nonEnglish }) => nonEnglish);
  const [closed] = unread;
  const [strange] = foreign;
  if (strange) {
    const pages = `${counted(foreign.length, 'page is', 'pages are')} in a language whose headings are not known here, first ${strange.at.path}`;
    return unknown(`${because}; ${pages}`, { evidence: [...evidence, strange.at], problems });
  }
  if (closed) {
    const files = new Set(unread.map(({ at }) => `${at.root ?? ''}:${at.path}`)).size;
    const pages = `${counted(files, 'page')} could not be read, first ${closed.at.path}: ${closed.detail}`;
    return unknown(`${because}; ${pages}`, { evidence: [...evidence, closed.at], problems });
  }
  return verified(because, evidence, { problems });
}
