/** The data of an audit's page, in pieces of JSON that its script reads. Pure. */
import type { Ruling, Severity, Standing } from '../../model.ts';
import type { Audit } from '../../model-audit.ts';
import { visible } from '../escape-terminal.ts';
import { RULING_SIGNS } from '../signs.ts';
import { RULING_WORDS, SEVERITY_WORDS, STANDING_WORDS, verdictRuling, verdictWord } from '../words.ts';
import { type Gathered, PER_PACK, STAGES, VERDICTS } from './html-gather.ts';
import { scriptJson } from './html-pack.ts';
import type { PageData, PageEdge, PageWords } from './page-data.ts';

/** How many services one piece holds. */
const PER_PIECE = 500;

/** One element with everything else, and one for so many services each. */
export function* dataPieces(audit: Audit, gathered: Gathered): Iterable<string> {
  yield `<script type="application/json" id="data">${scriptJson(pageData(audit, gathered))}</script>\n`;
  for (let from = 0; from < gathered.services.length; from += PER_PIECE) {
    const some = gathered.services.slice(from, from + PER_PIECE);
    yield `<script type="application/json" class="services">${scriptJson(some)}</script>\n`;
  }
}

function pageData({ asOf, estate }: Audit, gathered: Gathered): PageData {
  const { book, owners, numberOf } = gathered;
  return {
    asOf,
    areas: book.areas().map(visible),
    owners,
    stages: STAGES,
    rules: book.rules(),
    letters: book.letters.slice(0, book.answers.length),
    answers: book.answers,
    edges: estate.edges.flatMap(({ from, to, name, criticality = '', rules }): readonly PageEdge[] => {
      const [start, end] = [numberOf.get(from) ?? -1, to === undefined ? -1 : (numberOf.get(to) ?? -1)];
      return start < 0 ? [] : [[start, end, visible(name), criticality, rules.map(visible)]];
    }),
    perPack: PER_PACK,
    words: WORDS,
  };
}

const WORDS: PageWords = {
  rulings: mapped<Ruling, readonly [string, string]>(RULING_WORDS, (ruling, word) => [RULING_SIGNS[ruling], word]),
  severities: mapped<Severity, string>(SEVERITY_WORDS, (_, word) => word),
  standings: mapped<Standing, string>(STANDING_WORDS, (_, word) => word),
  verdicts: [...VERDICTS, undefined].map((verdict) => {
    const ruling = verdictRuling(verdict);
    return [ruling, verdict === undefined ? '?' : RULING_SIGNS[ruling], verdictWord(verdict)];
  }),
};

function mapped<Word extends string, To>(
  words: Readonly<Record<Word, { readonly word: string }>>,
  to: (key: Word, word: string) => To,
): Readonly<Record<Word, To>> {
  const entries = (Object.keys(words) as Word[]).map((key) => [key, to(key, words[key].word)] as const);
  return Object.fromEntries(entries) as Record<Word, To>;
}
