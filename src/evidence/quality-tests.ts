/** Tests of how the service behaves: under load, when parts of it break, and for people who do not see or click. Known by what tools ask of their files; names prove nothing. */
import type { Place } from '../model.ts';
import { defineCollector, type SourceFile } from './collector.ts';
import { loadCommandsIn, mayHoldCommands } from './quality-tests/commands.ts';
import { type QualityKind, signOf, TOOLS } from './quality-tests/tools.ts';
import { isDocumentation, placeIn } from './sources.ts';

/** One test. */
export interface QualityTest {
  readonly kind: QualityKind;
  readonly tool: string;
  /** Whether limits are written that make a run fail; absent where the tool knows none. */
  readonly limited?: boolean;
  readonly at: Place;
}

/** Facts of this kind. */
export interface Facts {
  readonly tests: readonly QualityTest[];
}

/** Largest file that is looked at; recorded sessions of JMeter are large. */
const CAP = 2 * 1024 * 1024;

export const collector = defineCollector<Facts>({
  summary:
    'load tests (k6, JMeter, Gatling, Locust, Artillery, Taurus, NBomber, Goose, commands of autocannon, vegeta, wrk and the like), accessibility tests (axe, pa11y, Lighthouse CI) and experiments (Chaos Mesh, Litmus, AWS FIS, Chaos Toolkit, Toxiproxy)',
  collect(sources) {
    const own = sources.files.filter(
      ({ class: kind, path, size }) => (kind === 'source' || kind === 'test') && size <= CAP && !isDocumentation(path),
    );
    const asked = own.filter(({ path }) => mayHoldCommands(path) || TOOLS.some(({ files }) => files.test(path)));
    const tests = asked.flatMap((file) => testsIn(file, sources.text(file, []) ?? ''));
    return {
      facts: { tests },
      looked: { files: asked.length, note: tests.length === 1 ? '1 such test' : `${tests.length} such tests` },
      unread: [],
      delegated: [],
    };
  },
});

function testsIn(file: SourceFile, text: string): readonly QualityTest[] {
  const byTool = TOOLS.filter(({ files }) => files.test(file.path)).flatMap((tool): readonly QualityTest[] => {
    const sign = signOf(tool, text, file.path);
    if (!sign) return [];
    const { index, limited } = sign;
    const at = placeIn(file, text.slice(0, index).split('\n').length);
    return [{ kind: tool.kind, tool: tool.name, ...(limited !== undefined && { limited }), at }];
  });
  if (!mayHoldCommands(file.path)) return byTool;
  const commands = loadCommandsIn(text).map(
    ({ tool, line }): QualityTest => ({ kind: 'load', tool, limited: false, at: placeIn(file, line) }),
  );
  return [...byTool, ...commands];
}
