/** What a monitor's message says besides its words: whom it notifies, and which page tells what to do. */
import { hasMarks } from '../../yaml/template-marks.ts';

/** `@pagerduty-ledger`, `@team@company.org`; an address within a sentence has no `@` in front. */
const HANDLE = /(?:^|[\s({}>"'`,;:|])(@[\w.+-]+(?:@[\w.-]+)?)/g;
const URL = /https?:\/\/[^\s<>"')\]}\uE000\uE001]{4,500}/;
/** A page of this repository, as it is written in a sentence. */
const PAGE =
  /(?:^|[\s(<"'`:])((?:\.{0,2}\/)?(?:[\w.-]{1,80}\/){0,10}[\w.-]{1,100}\.(?:md|adoc|rst)(?:#[\w-]{1,200})?)(?=[\s).,;>"'`]|$)/i;
const BOOK = /run[\s_-]?book|play[\s_-]?book/i;
/** A sentence that tells someone to do something about it. */
const STEP =
  /(?:^|[.:;]\s+|\n)\s*(?:[-*•]\s*|\d+[.)]\s*)?(?:(?:once|if|when|then|first|next|after|please|to (?:fix|resolve)[\w ]{0,40}),?\s[^.\n]{0,120}?[,:]?\s)?(?:investigate|check|verify|restart|redrive|re-?deploy|scale|roll back|rollback|escalate|inspect|send|look at|look into|open|run|contact|increase|drain|fail over|failover|re-?run|delete|purge|replay|review)\b/gi;

/** Handles that a Datadog message notifies. */
export function handlesIn(message: string): readonly string[] {
  return [...new Set([...message.matchAll(HANDLE)].map(([, handle]) => handle ?? ''))];
}

/** The link to a runbook in a text: on a line that names one, or with an address that does. */
export function runbookIn(text: string): string | undefined {
  for (const line of text.slice(0, 20_000).split('\n')) {
    const [url] = URL.exec(line) ?? [];
    if (url !== undefined && BOOK.test(line)) return url.replace(/[.,;]+$/, '');
    const page = BOOK.test(line) && !hasMarks(line) ? PAGE.exec(line)?.[1] : undefined;
    if (page !== undefined) return page;
    if (BOOK.test(line) && hasMarks(line)) return line.trim().slice(0, 500);
  }
  return undefined;
}

/** The first address in what is sent along with an alert: it is there for whoever receives it. */
export function addressIn(text: string): string | undefined {
  return URL.exec(text.slice(0, 20_000))?.[0].replace(/[\\.,;]+$/, '');
}

/** Whether a text tells at least two things to do. */
export function tellsSteps(text: string): boolean {
  return (text.slice(0, 20_000).match(STEP) ?? []).length >= 2;
}
