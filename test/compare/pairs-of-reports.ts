/** Reports on a few rules, services and problems, so that two of them have much in common; and what may happen to one without anything changing. */
import fc from 'fast-check';
import type { Finding, Report, ReportedProblem, Ruling, ServiceReport } from '../../src/model.ts';
import { problemFingerprint } from '../../src/verdict/fingerprint.ts';
import { finding, report, service } from '../report/sample-report.ts';

const RULES = ['runbooks/fresh', 'release/gated', 'data/restored'] as const;
const NAMES = ['alpha', 'beta'] as const;
const FILES = ['ops/a.yaml', 'ops/b.yaml', 'docs/c.md'] as const;
const SUBJECTS = ['Latency', 'Errors'] as const;
const RULINGS: readonly Ruling[] = ['pass', 'trust', 'skip', 'warn', 'waived', 'fail'];

/** A problem as the verdict would report it. */
export function problemOf(
  name: string,
  rule: string,
  path: string,
  message: string,
  more: Partial<ReportedProblem> = {},
): ReportedProblem {
  const about = { message, at: { path, line: 7 }, ...more };
  return { ...about, waived: false, ...more, fingerprint: problemFingerprint(name, rule, about) };
}

const problems = (name: string, rule: string, dir: string): fc.Arbitrary<readonly ReportedProblem[]> =>
  fc.array(
    fc
      .record({
        path: fc.constantFrom(...FILES).map((it) => (dir === '' ? it : `${dir}/${it}`)),
        words: fc.constantFrom('links nothing', 'is old'),
        subject: fc.option(fc.constantFrom(...SUBJECTS), { nil: undefined }),
        waived: fc.boolean(),
      })
      .map(({ path, words, subject, waived }) =>
        problemOf(name, rule, path, `${subject ?? 'it'} in ${path}:7 ${words}`, {
          waived,
          ...(subject !== undefined && { subject }),
        }),
      ),
    { maxLength: 4 },
  );

/** An unmet finding has problems or none; one that fails has at least one that is not waived. */
const findingOn = (name: string, dir: string, rule: string): fc.Arbitrary<Finding> =>
  fc
    .tuple(
      fc.constantFrom(...RULINGS),
      problems(name, rule, dir),
      fc.constantFrom('missing', 'contradicted', 'unknown'),
    )
    .map(([ruling, found, standing]) => {
      const unmet = ruling === 'warn' || ruling === 'fail' || ruling === 'waived';
      const its = unmet
        ? found.map((it) => ({ ...it, waived: ruling === 'waived' || (it.waived && ruling !== 'fail') }))
        : [];
      return finding(rule, ruling, { problems: its, ...(unmet && { standing }) } as Partial<Finding>);
    });

const serviceOn = (name: string, dir: string): fc.Arbitrary<ServiceReport> =>
  fc.tuple(...RULES.map((rule) => findingOn(name, dir, rule))).map((findings) => service(findings, { name, dir }));

/** Two services, each judged by the same three rules. */
export const commonReport: fc.Arbitrary<Report> = fc
  .tuple(...NAMES.map((name) => serviceOn(name, `services/${name}`)))
  .map((services) => report(services));

/** The same report after something happened to the paths, lines and folder of it. */
export function elsewhere(it: Report, path: (path: string) => string, line: (line: number) => number): Report {
  return {
    ...it,
    services: it.services.map((one) => ({
      ...one,
      service: { ...one.service, dir: path(one.service.dir) },
      findings: one.findings.map((its) => ({
        ...its,
        problems: its.problems.map((problem) => moved(problem, one.service.name, its.rule, path, line)),
      })),
    })),
  };
}

function moved(
  { fingerprint: _, ...problem }: ReportedProblem,
  name: string,
  rule: string,
  path: (path: string) => string,
  line: (line: number) => number,
): ReportedProblem {
  const was = problem.at?.path ?? '';
  const at = { path: path(was), line: line(problem.at?.line ?? 1) };
  const message = problem.message.replace(`${was}:7`, `${at.path}:${at.line}`);
  return { ...problem, at, message, fingerprint: problemFingerprint(name, rule, { ...problem, at, message }) };
}
