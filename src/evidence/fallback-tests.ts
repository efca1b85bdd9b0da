/** The tests that `dependencies[].fallback.test` names: how many cases a file holds and which of them are switched off. Runs none, and does not know what a case exercises. */
import type { Delegated, Place, Unread } from '../model.ts';
import { defineCollector, type SourceFile, type Sources } from './collector.ts';
import { plainLines } from './pages/plain-lines.ts';
import { resolveReference } from './references/resolve-reference.ts';
import { placeIn } from './sources.ts';

/** One test file. */
export interface FallbackTest {
  /** JSON pointer of the reference, e.g. `/dependencies/0/fallback/test`. */
  readonly pointer: string;
  readonly at: Place;
  /** Cases that could be recognised; 0 where the language is not known. */
  readonly cases: number;
  /** Cases that are always skipped; a whole group or class counts once. */
  readonly skipped: readonly { readonly at: Place; readonly whole: boolean }[];
}

/** Facts of this kind. */
export interface Facts {
  readonly tests: readonly FallbackTest[];
}

/** How a case begins in JavaScript, Python, Go, Java and Kotlin, C#, Rust, PHP, Ruby and Gherkin. */
const CASE =
  /^(x|f)?(it|test|specify)(\.(only|skip|todo|concurrent|failing))*\s*[(`]|^(async\s+)?def test_|^func Test\w*\(|^@(Parameterized|Repeated)?Test\b|^\[(Fact|Theory|Test|TestMethod|TestCase)\b|^#\[(tokio::)?test|^(public )?function test|^(it|test|specify|scenario)\s+["']|^Scenario( Outline)?:/;
const SKIP =
  /^x(it|test|specify|describe|context)\b|^(it|test|describe|suite|context)(\.\w+)*\.(skip|todo)\s*[(`]|(^|\s)@(Disabled|Ignore)\b|^@(pytest\.mark\.skip|unittest\.skip|skip)\b(?!\w*if)|^\[Ignore\b|^\[(Fact|Theory)\(Skip\b|^#\[ignore|^(skip|pending)\b\s*(["'(]|$)|^@(skip|ignore|wip)\b/i;
const SKIP_FIRST = /^(t\.(Skip|SkipNow|Skipf)\(|(self\.skipTest|pytest\.skip|\$this->markTestSkipped)\()/;
const GROUP = /^x?(describe|context|suite)\b/;

export const collector = defineCollector<Facts>({
  summary: 'the test files that `dependencies[].fallback.test` names: their cases and which of them are skipped',
  collect(sources) {
    const unread: Unread[] = [];
    const delegated: Delegated[] = [];
    const tests = (sources.manifest.claims.dependencies ?? []).flatMap(({ fallback }, index) => {
      if (!fallback?.test) return [];
      const { outcome, files } = resolveReference(fallback.test.replace(/#.*$/s, ''), sources, unread);
      if (outcome === 'root-not-at-hand') delegated.push({ at: { path: sources.manifest.path }, to: fallback.test });
      return files
        .slice(0, 10)
        .flatMap((file) => testIn(`/dependencies/${index}/fallback/test`, file, sources, unread));
    });
    return {
      facts: { tests },
      looked: { files: tests.length, note: tests.length === 1 ? '1 test file' : `${tests.length} test files` },
      unread,
      delegated,
    };
  },
});

function testIn(pointer: string, file: SourceFile, sources: Sources, unread: Unread[]): readonly FallbackTest[] {
  const text = sources.text(file, unread);
  return text === undefined ? [] : [{ pointer, at: placeIn(file), ...casesIn(text, file) }];
}

/** Counts cases and those that are switched off without a condition. */
function casesIn(text: string, file: SourceFile): Pick<FallbackTest, 'cases' | 'skipped'> {
  const lines = plainLines(text);
  const skipped = lines.flatMap(({ text: line, line: number }, index) => {
    const first = SKIP_FIRST.test(line) && CASE.test(lines[index - 1]?.text ?? '');
    if (!first && !SKIP.test(line)) return [];
    const whole =
      GROUP.test(line) ||
      lines.slice(index + 1, index + 4).some((next) => /^(public |final |abstract |internal )*class\b/.test(next.text));
    return [{ at: placeIn(file, number), whole }];
  });
  return { cases: lines.filter(({ text: line }) => CASE.test(line)).length, skipped };
}
