/** Reads a SARIF log back and holds it to what GitHub wants of it, for the tests of both formats that write one. */
import { readFileSync } from 'node:fs';
import ajvDraft4 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import type { Location, Log, Result, Run } from 'sarif';
import { expect } from 'vitest';
import type { Report } from '../../src/model.ts';
import type { Format } from '../../src/report/format.ts';
import { canvas } from './canvas.ts';

const ajv = new ajvDraft4.default({ strict: false, allErrors: true });
addFormats.default(ajv);
const validate = ajv.compile(JSON.parse(readFileSync('test/report/conformance/sarif-schema-2.1.0.json', 'utf8')));

/** The log of a report, valid by the OASIS schema and by what GitHub adds to it. */
export function logOf(format: Format, report: Report): Log {
  const log = JSON.parse(format.render(report, canvas())) as Log;
  expect(validate(log), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
  const faults = [...(log.runs.length >= 1 && log.runs.length <= 20 ? [] : ['runs']), ...log.runs.flatMap(faultsOf)];
  expect(faults).toEqual([]);
  return log;
}

/** All results of all runs. */
export function resultsOf(log: Log): readonly Result[] {
  return log.runs.flatMap((run) => run.results ?? []);
}

/** Every string that a person is shown. */
export function shownTexts(value: unknown, key = ''): readonly string[] {
  if (typeof value === 'string')
    return ['text', 'justification', 'service', 'name', 'owner', 'ticket'].includes(key) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((item) => shownTexts(item, key));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) => shownTexts(item, name));
}

/** Plain comparisons: thousands of assertions take longer than all the rest. */
function faultsOf({ automationDetails, results = [], tool }: Run): readonly string[] {
  const rules = tool.driver.rules ?? [];
  const ids = rules.map(({ id }) => id);
  const used = new Set(results.map(({ ruleId }) => ruleId));
  return [
    ...(/^gonogo\/[^/]*\/$/.test(automationDetails?.id ?? '') ? [] : ['no category']),
    ...(new Set(ids).size === ids.length ? [] : ['a rule twice']),
    ...ids.filter((id) => !used.has(id)).map((id) => `${id} has no result`),
    ...rules
      .filter((it) => it.shortDescription === undefined || it.fullDescription === undefined || !it.help?.text)
      .map(({ id }) => `${id} is not described`),
    ...(JSON.stringify(rules).includes('security-severity') ? ['security-severity'] : []),
    ...results.filter((it) => rules[it.ruleIndex ?? -1]?.id !== it.ruleId).map(({ ruleId }) => `${ruleId}: index`),
    ...results.filter((it) => it.locations?.length !== 1).map(({ ruleId }) => `${ruleId}: locations`),
    ...results
      .flatMap((it) => [...(it.locations ?? []), ...(it.relatedLocations ?? [])])
      .filter((it) => !isInside(it))
      .map((it) => JSON.stringify(it)),
  ];
}

/** Relative, encoded, inside, and with all four numbers. */
function isInside({ physicalLocation }: Location): boolean {
  const { uri = '', uriBaseId } = physicalLocation?.artifactLocation ?? {};
  const { startLine = 0, startColumn = 0, endLine = 0, endColumn = 0 } = physicalLocation?.region ?? {};
  return (
    uriBaseId === '%SRCROOT%' &&
    uri.split('/').every((segment) => /^(?:[\w.-]|%[0-9A-F]{2})+$/.test(segment) && segment !== '..') &&
    Math.min(startLine, startColumn) >= 1 &&
    endLine === startLine &&
    endColumn >= startColumn
  );
}
