import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collector } from '../../src/evidence/quality-tests.ts';
import { collected, spot } from './collected.ts';

async function testsIn(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { facts } = await collected(collector, files);
  return facts.tests.map(({ kind, tool, limited, at }) => `${kind} ${tool} ${limited ?? '-'} ${spot(at)}`);
}

const K6 = "import http from 'k6/http';\nexport default function () { http.get('x'); }\n";

describe('tests of quality', () => {
  it('are known by what the tool asks of a file', async () => {
    expect(await testsIn({ 'perf/a.js': K6 })).toEqual(['load k6 false perf/a.js:1']);
    expect(await testsIn({ 'perf/a.js': `${K6}export const options = { thresholds: { a: ['p(95)<1'] } };` })).toEqual([
      'load k6 true perf/a.js:1',
    ]);
    expect(
      await testsIn({
        'a.jmx': '<?xml version="1.0"?>\n<jmeterTestPlan version="1.2"><DurationAssertion/></jmeterTestPlan>',
      }),
    ).toEqual(['load JMeter true a.jmx:2']);
    expect(
      await testsIn({
        'src/test/A.scala':
          'import io.gatling.core.Predef._\nclass A extends Simulation { setUp().assertions(global.failedRequests.count.is(0)) }',
      }),
    ).toEqual(['load Gatling true src/test/A.scala:1']);
    expect(
      await testsIn({ 'tests/locustfile.py': '# x\nfrom locust import HttpUser\nclass A(HttpUser):\n    pass' }),
    ).toEqual(['load Locust false tests/locustfile.py:2']);
    expect(
      await testsIn({ 'a.test.tsx': "import { axe } from 'jest-axe';\nexpect(await axe(x)).toHaveNoViolations();" }),
    ).toEqual(['accessibility axe - a.test.tsx:1']);
    expect(await testsIn({ 'chaos/a.yaml': 'apiVersion: chaos-mesh.org/v1alpha1\nkind: PodChaos\n' })).toEqual([
      'chaos Chaos Mesh - chaos/a.yaml:1',
    ]);
  });

  it('are not known by names, dependencies, comments or helpers', async () => {
    expect(
      await testsIn({
        'load_test.py': 'import json',
        'locustfile.py': '# from locust import HttpUser\n# class A(HttpUser):',
        'k6/helper.js': "import { check } from 'k6';\nexport function ok(r) { return check(r, {}); }",
        'perf/b.js': `/*\n${K6}*/`,
        'package.json': '{ "devDependencies": { "autocannon": "7", "jest-axe": "9" } }',
        Makefile: 'install:\n\tgo install github.com/tsenart/vegeta\n\techo "vegeta attack"',
        'vendor/x/a.js': K6,
      }),
    ).toEqual([]);
  });

  it('may be no more than a command', async () => {
    expect(
      await testsIn({
        'package.json': '{\n "scripts": {\n  "load": "autocannon -c 10 http://localhost:8080"\n }\n}',
        'load.sh': '# wrk -t4 http://a\nwrk -t4 -c100 http://localhost:8080/',
      }),
    ).toEqual(['load wrk false load.sh:2', 'load autocannon false package.json:3']);
  });

  it('make of any text facts or none', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('a.js', 'a.py', 'a.yml', 'a.jmx', 'package.json', 'a.tf'),
        fc.string(),
        async (name, text) => {
          await expect(collected(collector, { [name]: `${text}\n${K6}` })).resolves.toBeDefined();
        },
      ),
      { numRuns: 100 },
    );
  });
});
