/**
 * JUnit XML as Jenkins' own schema has it: a suite a service, a case a rule. What blocks is a failure, or an error where the
 * evidence could not be read; what is waived or only warns is skipped, with its reason, because readers show a passed case as
 * green and say no more of it. Rules that do not apply are left out and counted.
 */
import type { Finding, Report, Ruling, ServiceReport } from '../model.ts';
import { gateLine } from './change-words.ts';
import { detailLines, opinionText, termsText } from './finding-text.ts';
import type { Format } from './format.ts';
import { inCheckout } from './in-checkout.ts';
import { serviceLabels } from './service-labels.ts';
import { shownVerdict } from './tally.ts';
import { NOTHING_JUDGED, RULING_WORDS, verdictWord } from './words.ts';
import { type Xml, xml } from './xml.ts';

/** The JUnit format. */
export const format: Format = {
  summary: 'JUnit XML: a test case a rule, for Jenkins, GitLab and other CI systems',
  extension: 'xml',
  render,
};

type Outcome = 'failure' | 'error' | 'skipped' | 'passed';

/** What a case comes to; a rule that does not apply is no case. */
const OUTCOMES: Readonly<Record<Ruling, Outcome | undefined>> = {
  fail: 'failure',
  waived: 'skipped',
  warn: 'skipped',
  trust: 'passed',
  pass: 'passed',
  skip: undefined,
};

interface Case {
  readonly outcome: Outcome;
  readonly element: Xml;
}

interface Suite {
  readonly cases: readonly Case[];
  readonly element: Xml;
}

function render(whole: Report): string {
  const report = inCheckout(whole);
  const labels = serviceLabels(report.services);
  const judged = report.services.map((service, index) => suiteOf(labels[index] ?? '', service, report));
  const suites = judged.length > 0 ? judged : [suite(report.repo.name, [], [])];
  const cases = suites.flatMap((it) => it.cases);
  return xml`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="gonogo" tests="${cases.length}" failures="${count(cases, 'failure')}" errors="${count(cases, 'error')}">
${suites.map(({ element }) => element)}</testsuites>
`.markup;
}

function suiteOf(label: string, judged: ServiceReport, { repo, asOf, tool, policy, change }: Report): Suite {
  const { service, verdict, score, findings } = judged;
  const facts = {
    verdict: verdictWord(shownVerdict(verdict, [judged])),
    score: `${score.met} of ${score.applicable} applicable rules met, ${score.verified} verified`,
    'not applicable': `${findings.filter(({ ruling }) => ruling === 'skip').length}`,
    tier: `${service.tier}`,
    stage: service.stage,
    profile: service.profile,
    owner: service.owner,
    folder: service.dir || '.',
    repository: repo.name,
    commit: repo.commit,
    'as of': asOf,
    gonogo: tool.version,
    policy: policy?.name,
    change: change && gateLine({ services: [judged] }, change),
  };
  return suite(
    label,
    findings.flatMap((finding) => caseOf(label, finding)),
    Object.entries(facts).flatMap(propertyOf),
  );
}

function propertyOf([name, value]: readonly [string, string | undefined]): readonly Xml[] {
  return value === undefined ? [] : [xml`<property name="${name}" value="${value}"/>\n`];
}

/** A suite of no case at all would be shown as if all was well. */
function suite(label: string, judged: readonly Case[], properties: readonly Xml[]): Suite {
  const cases = judged.length > 0 ? judged : [nothingJudged(label)];
  const element = xml`<testsuite name="${label}" tests="${cases.length}" failures="${count(cases, 'failure')}" errors="${count(cases, 'error')}" skipped="${count(cases, 'skipped')}">
${properties.length > 0 && xml`<properties>\n${properties}</properties>\n`}${cases.map((it) => it.element)}</testsuite>
`;
  return { cases, element };
}

function nothingJudged(label: string): Case {
  const element = xml`<testcase classname="${label}" name="a rule applies">
<skipped type="${NOTHING_JUDGED}" message="No rule applies, so nothing was judged."/>
</testcase>
`;
  return { outcome: 'skipped', element };
}

/** The class is service and area, which Jenkins shows as package and class; the id alone names the case, so that its history survives a reworded rule. */
function caseOf(label: string, finding: Finding): readonly Case[] {
  const outcome = finding.ruling === 'fail' && finding.standing === 'unknown' ? 'error' : OUTCOMES[finding.ruling];
  if (outcome === undefined) return [];
  const element = xml`<testcase classname="${label}.${finding.area}" name="${finding.rule}">
${BODIES[outcome](finding)}</testcase>
`;
  return [{ outcome, element }];
}

const BODIES: Readonly<Record<Outcome, (finding: Finding) => Xml>> = {
  failure: (it) => xml`<failure type="${it.severity}" message="${opinionText(it)}">${details(it)}</failure>\n`,
  error: (it) => xml`<error type="${it.severity}" message="${opinionText(it)}">${details(it)}</error>\n`,
  skipped: (it) =>
    xml`<skipped type="${RULING_WORDS[it.ruling].word}" message="${skippedText(it)}"/>\n<system-out>${details(it)}</system-out>\n`,
  passed: (it) => xml`<system-out>${details(it)}</system-out>\n`,
};

function skippedText(finding: Finding): string {
  return finding.ruling === 'waived'
    ? termsText(finding)
    : `${RULING_WORDS[finding.ruling].word}, ${finding.severity}: ${opinionText(finding)}`;
}

function details(finding: Finding): readonly Xml[] {
  return detailLines(finding).map((line) => xml`${line}\n`);
}

function count(cases: readonly Case[], wanted: Outcome): number {
  return cases.filter(({ outcome }) => outcome === wanted).length;
}
