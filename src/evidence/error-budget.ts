/** Passages on what happens when an error budget is spent: which consequence they name, and who decides. Does not ask whether anybody acts on them. */
import type { Delegated, Place, Unread } from '../model.ts';
import { isForAssistants } from './assistant-files.ts';
import { defineCollector, type SourceFile, type Sources } from './collector.ts';
import { findAnchor } from './pages/anchors.ts';
import type { MarkdownSection } from './pages/markdown.ts';
import { PAGE } from './pages/page-text.ts';
import { resolveReference } from './references/resolve-reference.ts';
import { documentAt } from './references/source-links.ts';
import { stateOf, subtree } from './runbooks/structure.ts';
import { placeIn } from './sources.ts';

/** One passage. */
export interface BudgetPassage {
  readonly title: string;
  readonly at: Place;
  readonly words: number;
  readonly state: 'filled' | 'empty' | 'stub';
  /** The first sentence that names both a spent budget and what then stops or comes first. */
  readonly consequence?: string;
  /** The manifest names it. */
  readonly claimed: boolean;
}

/** Facts of this kind. */
export interface Facts {
  readonly passages: readonly BudgetPassage[];
}

const TITLE =
  /\berror[- ]budget(?:s|ing)?\b.{0,60}\b(?:polic(?:y|ies)|spent|exhaust\w*|burnt?|consequences?|rules?)\b|\b(?:polic(?:y|ies)|rules?) (?:for|on|of) (?:the )?error[- ]budgets?\b/i;
const SIGN = /error[- ]budget/i;
const SPENT =
  /\b(?:spent|exhausted?|exhausts|used up|burn(?:t|ed)(?: (?:through|up))?|consumed|depleted|gone|runs? out|over ?spent|exceed(?:s|ed)?|miss(?:es|ed)?|missing|below (?:the |its )?(?:slo|target|objective)|out of budget|no budget|0 ?%|100 ?%|negative|less than|under \d+ ?%|remaining)\b/i;
const STOPS =
  /\b(?:stops?|stopped|freez(?:e|es|ing)|frozen|halts?|halted|pauses?|paused|blocks?|blocked|postpone[ds]?|suspend(?:s|ed)?|no (?:new |further |more )?(?:features?|releases?|deploy\w*|changes?|launches|rollouts?)|only (?:\w+ ){0,3}(?:fixes|changes|work|releases?|deploy\w*)|(?:reliability|stability)\b.{0,40}\b(?:first|priority|takes? precedence|before)|prioriti[sz]e[sd]?|moves? to (?:reliability|stability))\b/i;
/** "Releases do not stop" names no consequence. */
const NOT =
  /\b(?:not|never|nothing|don't|doesn't|won't)\s+(?:\w+\s+){0,3}(?:stop|freez|froz|halt|paus|block|postpon|suspend|prioriti)\w*/i;
const LONGEST_SENTENCE = 240;
const PAGES_CAP = 100;

export const collector = defineCollector<Facts>({
  summary:
    'headings about an error budget and its policy, or the page that `operations.error_budget_policy` names: how much is written, and the first sentence that says what stops or comes first when the budget is spent (in English words)',
  parses: ['markdown'],
  collect(sources) {
    const unread: Unread[] = [];
    const delegated: Delegated[] = [];
    const claimed = claimedPassages(sources, unread, delegated);
    const pages = sources.files.filter(
      (file) =>
        file.class === 'source' &&
        PAGE.test(file.path) &&
        !isForAssistants(file.path) &&
        SIGN.test(sources.text(file, []) ?? ''),
    );
    if (pages.length > PAGES_CAP)
      unread.push({
        at: { path: '.' },
        reason: 'limit',
        detail: `only ${PAGES_CAP} pages that name error budgets are read`,
      });
    const found =
      claimed.length > 0 ? [] : pages.slice(0, PAGES_CAP).flatMap((file) => passagesIn(file, sources, unread));
    return {
      facts: { passages: [...claimed, ...found] },
      looked: { files: pages.length, note: `${claimed.length + found.length} passages` },
      unread,
      delegated,
    };
  },
});

function claimedPassages(sources: Sources, unread: Unread[], delegated: Delegated[]): readonly BudgetPassage[] {
  const reference = sources.manifest.claims.operations?.error_budget_policy;
  if (reference === undefined) return [];
  const { outcome, files } = resolveReference(reference, sources, unread);
  if (outcome === 'root-not-at-hand') delegated.push({ at: { path: sources.manifest.path }, to: reference });
  if (outcome === 'no-section') return [];
  const anchor = /#(.+)$/.exec(reference)?.[1];
  return files.slice(0, 5).flatMap((file) => {
    const document = PAGE.test(file.path) ? documentAt(file, sources, unread) : undefined;
    if (!document) return [];
    const line = anchor === undefined ? undefined : findAnchor(document, anchor)?.line;
    const from = line === undefined ? -1 : document.sections.findLastIndex((section) => section.line <= line);
    const own = from <= 0 ? document.sections : subtree(document.sections, from);
    return [
      passage(
        (from <= 0 ? document.title : own[0]?.title) ?? file.path,
        own,
        file,
        from <= 0 ? undefined : own[0]?.line,
        true,
      ),
    ];
  });
}

function passagesIn(file: SourceFile, sources: Sources, unread: Unread[]): readonly BudgetPassage[] {
  const document = documentAt(file, sources, unread);
  const sections = document?.sections ?? [];
  const index = sections.findIndex(({ title }) => TITLE.test(title));
  const section = sections[index];
  return section ? [passage(section.title, subtree(sections, index), file, section.line, false)] : [];
}

function passage(
  title: string,
  own: readonly MarkdownSection[],
  file: SourceFile,
  line: number | undefined,
  claimed: boolean,
): BudgetPassage {
  const consequence = consequenceIn(own.map(({ text }) => text).join('\n\n'));
  return {
    title: title.slice(0, 200),
    at: placeIn(file, line),
    words: own.reduce((sum, section) => sum + section.words, 0),
    state: stateOf(own),
    ...(consequence !== undefined && { consequence }),
    claimed,
  };
}

/** One sentence, or one item of a list with the line that leads to it. */
function consequenceIn(text: string): string | undefined {
  const sentences = text.slice(0, 50_000).split(/(?<=[.!?;])\s+|\n\s*\n/);
  const stops = (it: string): boolean => STOPS.test(it.slice(0, 2000)) && !NOT.test(it.slice(0, 2000));
  const whole = sentences.find((it) => SPENT.test(it.slice(0, 2000)) && stops(it));
  const condition = sentences.findIndex((it) => SPENT.test(it.slice(0, 2000)));
  const near = condition === -1 ? undefined : sentences.slice(condition, condition + 4).find(stops);
  return (whole ?? near)?.replace(/\s+/g, ' ').trim().slice(0, LONGEST_SENTENCE);
}
