/** Commands that run tests: a closed table over runners, and the tools of the JVM whose life cycle contains tests. */
import type { Intent } from './pipeline.ts';

/**
 * Intent, the tool's name for a person, and how the command begins: the program's base name and its arguments, one space between.
 * `anyhow`: it may begin with what the expression does not spell out.
 */
export type Row = readonly [intent: Intent, tool: string, command: RegExp, begins?: 'anyhow'];

/** Runners of tests. */
export const TESTS: readonly Row[] = [
  ['test', 'pytest', /^(?:pytest|py\.test|nose2|nosetests|stestr|trial|behave|robot|green|ward|ptw)(?:\s|$)/],
  ['test', 'unittest', /^unittest(?:\s|$)|^python3? -m unittest/],
  ['test', 'django', /^(?:python3? )?\S*manage\.py test(?:\s|$)|^django-admin test/, 'anyhow'],
  ['test', 'vitest', /^vitest(?!\s+(?:bench|list))(?:\s|$)/],
  ['test', 'jest', /^(?:jest|ts-jest|jest-cli)(?:\s|$)/],
  ['test', 'mocha', /^(?:mocha|_mocha|ts-mocha|mochapack|electron-mocha)(?:\s|$)/],
  [
    'test',
    'javascript test runner',
    /^(?:ava|tap|tape|uvu|jasmine|lab|qunit|borp|brittle|web-test-runner|wtr|jest-puppeteer|test-storybook|c8)(?:\s|$)/,
  ],
  ['test', 'node', /^(?:node|tsx|ts-node)\s(?:.*\s)?--test(?:\s|$)/],
  ['test', 'karma', /^karma (?:start|run)/],
  ['test', 'playwright', /^playwright test/],
  ['test', 'cypress', /^(?:cypress(?::|\s)?(?: )?run|cypress run|cy2 run|cypress-cloud run)/],
  [
    'test',
    'end-to-end runner',
    /^(?:nightwatch|testcafe|wdio|codeceptjs run|protractor|cucumber-js|cucumber|maestro test|detox test|newman run|hurl .*--test|bru run|karate|artillery-e2e)(?:\s|$)/,
  ],
  ['test', 'angular', /^ng (?:test|e2e)/],
  [
    'test',
    'react-scripts',
    /^(?:react-scripts|craco|react-app-rewired|vue-cli-service|umi-test|max|ember|hardhat|forge|truffle|anchor|aegir|kcd-scripts|wp-scripts) (?:test|test:unit|test:e2e|test-unit-js|test-e2e)(?:\s|$)/,
  ],
  ['test', 'bun', /^bun test(?:\s|$)/],
  ['test', 'deno', /^deno test(?:\s|$)/],
  [
    'test',
    'go test',
    /^(?:go|richgo|gotest|grc go|garble) test(?:\s|$)(?!.*-run[= ]['"]?(?:\^\$|XXX|NONE|none|xxx|\^#))|^go-?test(?:\s|$)/,
  ],
  ['test', 'gotestsum', /^(?:gotestsum|ginkgo)(?!\s+(?:tool|generate|bootstrap))(?:\s|$)/],
  [
    'test',
    'cargo test',
    /^(?:cargo|cross)(?: \+\S+)? (?:test|t|nextest run|llvm-cov|tarpaulin|hack .*test|insta test|careful test|make test)(?:\s|$)(?!.*--no-run)/,
  ],
  ['test', 'dotnet test', /^dotnet (?:test|vstest)(?:\s|$)|^vstest\.console/],
  ['test', 'rspec', /^(?:rspec|parallel_rspec|turbo_tests|knapsack_pro:\S+)(?:\s|$)/],
  ['test', 'rails', /^(?:rails|spring) (?:test|spec)(?::\w+)?(?:\s|$)|^(?:parallel_test|minitest|m)(?:\s|$)/],
  [
    'test',
    'phpunit',
    /^(?:php )?\S*(?:phpunit|simple-phpunit|paratest|pest|phpspec|codecept|behat|kahlan|tester)(?:\.phar)?(?:\s|$)(?!--generate)/,
    'anyhow',
  ],
  ['test', 'laravel', /^php \S*artisan (?:test|dusk)(?:\s|$)|^sail (?:test|artisan test|phpunit|pest)/],
  ['test', 'mix', /^mix (?:.*, ?)?(?:test|coveralls)(?:\.\w+)?(?:\s|$)|^mix do .*\btest\b/],
  [
    'test',
    'sbt',
    /^sbt\s(?:.*[\s"';/])?(?:\+?test|testOnly|testQuick|it:test|IntegrationTest\/test|Test\/test|coverage test)(?:[\s"';]|$)/,
  ],
  ['test', 'clojure', /^(?:lein|boot|clojure|clj|bb)\s.*\b(?:test|midje|kaocha|:test)\b/],
  ['test', 'bazel', /^(?:bazel|bazelisk|buck2?|pants|please|plz) (?:\S+ )*?(?:test|coverage)(?:\s|$)/],
  [
    'test',
    'swift',
    /^swift test|^xcodebuild\s(?:.*\s)?(?:test|test-without-building)(?:\s|$)|^fastlane (?:\w+ )?(?:test|tests|scan)(?:\s|$)/,
  ],
  ['test', 'flutter', /^(?:flutter|dart|fvm flutter) (?:test|drive)(?:\s|$)/],
  ['test', 'ctest', /^ctest(?:\s|$)|^meson test|^ninja test/],
  ['test', 'shell tests', /^(?:bats|shellspec|shunit2)(?:\s|$)/],
  [
    'test',
    'other test runner',
    /^(?:busted|stack test|cabal (?:test|new-test|v2-test)|rebar3 (?:eunit|ct|do .*(?:eunit|ct))|gleam test|zig (?:build )?test|dune (?:test|runtest)|opam .*runtest|nimble test|crystal spec|julia .*Pkg\.test|prove|Rscript .*test|elm-test|spago test|mage -?\w*test\w*|molecule test|terraform test|terratest|opa test|conftest verify|helm unittest|promtool test|container-structure-test test|testplane)(?:\s|$)/,
  ],
  [
    'contract-test',
    'pact',
    /^(?:pact|pact-provider-verifier|pact-verifier|schemathesis|st run|dredd|specmatic|oasdiff breaking|buf breaking)(?:\s|$)/,
  ],
];

/** Tools whose life cycle contains the tests: they count only where there are tests for them. */
const MAVEN =
  /^(?:mvn|mvnw|mvnd)\s(?:.*\s)?(?:test|integration-test|verify|package|install|deploy)(?:\s|$)(?!.*-(?:DskipTests(?!=false)|Dmaven\.test\.skip(?!=false)|DskipITs(?!=false).*-DskipTests))/;
const SKIPPED = /-DskipTests(?!=false)|-Dmaven\.test\.skip(?!=false)/;
const GRADLE = /^(?:gradle|gradlew)\s/;
const GRADLE_TEST =
  /^(?::?[\w-]+:)*(?:check|build|test|allTests|[a-z]\w*Tests?|test[A-Z]\w*|kover\w*(?:Report|Verify)|cucumber\w*|karate\w*)$/;
const GRADLE_NO_TEST = /^(?::?[\w-]+:)*(?:compile|assemble|generate|process|clean|publish)\w*$|Classes$/;

/** Whether a command of Maven or Gradle goes through the tests; they may be left out by name. */
export function testsOfJvm(line: string, args: readonly string[]): boolean {
  if (MAVEN.test(line)) return !SKIPPED.test(line);
  if (!GRADLE.test(line)) return false;
  const excluded = args.filter((_, index) => ['-x', '--exclude-task'].includes(args[index - 1] ?? ''));
  const tasks = args.filter(
    (it, index) => !it.startsWith('-') && !['-x', '--exclude-task', '-p', '-b', '-c'].includes(args[index - 1] ?? ''),
  );
  return tasks.some(
    (task) =>
      GRADLE_TEST.test(task) &&
      !GRADLE_NO_TEST.test(task) &&
      !(excluded.includes('test') && /(?:build|check)$/.test(task)),
  );
}
