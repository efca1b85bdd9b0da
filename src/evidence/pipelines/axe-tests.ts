/** Tests that use a library for accessibility: where a pipeline runs their runner, it tests accessibility. Reads imports; runs nothing. */
import type { Place } from '../../model.ts';
import type { SourceFile, Sources } from '../collector.ts';
import { isBelow, placeIn } from '../sources.ts';
import type { Pipeline, Purpose } from './pipeline.ts';
import { folderOf, lineAt } from './world.ts';

/** Libraries, how a test brings them in, and the runners that run such a test, by the tool's name. */
const LIBRARIES: readonly (readonly [library: string, use: RegExp, runner: RegExp])[] = [
  ['jest-axe', /(?:from|require\()\s*['"](?:jest-axe|@sa11y\/jest)['"]/, /^(?:jest|react-scripts|vitest|angular)$/],
  ['vitest-axe', /(?:from|require\()\s*['"]vitest-axe[^'"]*['"]/, /^vitest$/],
  ['cypress-axe', /\bcheckA11y\s*\(|(?:from|require\()\s*['"]cypress-axe['"]/, /^cypress$/],
  ['axe-playwright', /(?:from|require\()\s*['"](?:@axe-core\/playwright|axe-playwright)['"]/, /^playwright$/],
  [
    'axe-core',
    /(?:from|require\()\s*['"](?:axe-core|@axe-core\/webdriver(?:js|io)|@axe-core\/puppeteer|pa11y)['"]/,
    /^(?:jest|vitest|mocha|node|javascript test runner|end-to-end runner)$/,
  ],
  ['axe-core for Ruby', /\bbe_axe_clean\b|\bbe_accessible\b/, /^(?:rspec|rails|end-to-end runner)$/],
  [
    'axe for Python',
    /(?:from|import)\s+(?:axe_selenium_python|axe_playwright_python|axe_core_python)/,
    /^(?:pytest|unittest|django)$/,
  ],
];

/** Manifests that name such a library at all. */
const MANIFEST = /(?:^|\/)(?:package\.json|Gemfile|requirements[\w-]*\.txt|pyproject\.toml|Pipfile)$/;
const NAMED = /\baxe\b|axe[-_]|[-_]axe|pa11y|sa11y/;
const TEST =
  /\.(?:test|spec|cy|e2e)\.[cm]?[jt]sx?$|_(?:spec|test)\.rb$|(?:^|\/)test_\w+\.py$|(?:^|\/)(?:tests?|specs?|e2e|cypress|features|playwright|__tests__)\/.*\.(?:[cm]?[jt]sx?|rb|py)$|(?:^|\/)[^/]*(?:a11y|acc?essib|axe|conftest|system_test)[^/]*\.(?:[cm]?[jt]sx?|rb|py)$/i;
const MOST_TESTS = 1500;

/** The pipelines, with such tests among what their jobs do. */
export function withAxeTests(pipelines: readonly Pipeline[], sources: Sources): readonly Pipeline[] {
  const own = sources.shared.filter((file) => file.class === 'source' || file.class === 'test');
  if (!own.some((file) => MANIFEST.test(file.path) && NAMED.test(sources.text(file, []) ?? ''))) return pipelines;
  const uses = own
    .filter(({ path }) => TEST.test(path))
    .slice(0, MOST_TESTS)
    .flatMap((file) => usesIn(file, sources));
  if (uses.length === 0) return pipelines;
  return pipelines.map((pipeline) => ({
    ...pipeline,
    jobs: pipeline.jobs.map((job) => ({ ...job, purposes: job.purposes.flatMap((it) => [it, ...axeTest(it, uses)]) })),
  }));
}

interface Use {
  readonly library: string;
  readonly runner: RegExp;
  readonly at: Place;
}

function usesIn(file: SourceFile, sources: Sources): readonly Use[] {
  const text = sources.text(file, []) ?? '';
  if (!NAMED.test(text) && !/checkA11y|be_accessible/.test(text)) return [];
  return LIBRARIES.flatMap(([library, use, runner]) => {
    const found = use.exec(text);
    return found ? [{ library, runner, at: placeIn(file, lineAt(text, found.index)) }] : [];
  });
}

function axeTest(purpose: Purpose, uses: readonly Use[]): readonly Purpose[] {
  if (!/^(?:test|smoke-test)$/.test(purpose.intent) || purpose.strength === 'named') return [];
  // The tests of a package are those below its folder.
  const folder = purpose.via?.path.endsWith('package.json') ? folderOf(purpose.via.path) : '';
  const use = uses.find(({ runner, at }) => runner.test(purpose.tool ?? '') && isBelow(at.path, folder));
  return use ? [{ ...purpose, intent: 'accessibility-test', strength: 'one-hop', tool: use.library, via: use.at }] : [];
}
