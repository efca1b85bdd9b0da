/** Assesses a value at a path of YAML, JSON or TOML files. The value is shown with its line; what it brings about is not. */

import type { FileAnswer, Question, ValueAt } from '../../evidence/asked-files/question.ts';
import { answerTo } from '../../evidence/asked-files.ts';
import type { Place, Problem } from '../../model.ts';
import { contradicted, defineCheck, missing, unknown, verified } from '../define.ts';
import { flag, text, type Values } from '../params.ts';
import { counted } from '../words.ts';
import { EXPECTATION, expected, faultsOfExpectation, lackOf } from './expectation.ts';
import { FILES, faultsOfGlobs } from './globs.ts';

const PARAMS = {
  files: FILES,
  path: text('Where in a document, e.g. `spec.replicas`, `/tool/poetry/name`; `*` stands for every item or member.'),
  ...EXPECTATION,
  every_file: flag('Each of the files has to hold the value; otherwise one file suffices.', true),
};

export const check = defineCheck({
  summary:
    'Reads YAML, JSON and TOML files that globs match, and compares the value at a path: *verified* with the line of each value, *contradicted* with the line of one that is another, *missing* where there is none, *unknown* where a file could not be read or a template decides the value.',
  needs: ['asked-files'],
  params: PARAMS,
  ofOwnFiles: true,
  faults: (params) => [
    ...faultsOfGlobs(params.files),
    ...(params.path === '' ? [{ param: 'path', message: 'no path is named', fix: 'set `path`' }] : []),
    ...faultsOfExpectation(params),
  ],
  asks: questionsOf,
  unread: ({ evidence, params }) =>
    questionsOf(params).flatMap((it) => answerTo(evidence['asked-files'].facts, it).unread),
  assess({ evidence, params }) {
    const answers = questionsOf(params).map((it) => answerTo(evidence['asked-files'].facts, it));
    const files = answers.flatMap((it) => it.files).filter((it) => it.values !== undefined);
    const values = files.flatMap((it) => it.values ?? []);
    const fitting = values.filter(({ value }) => lackOf(value, params) === undefined);
    const wrong = values.flatMap((it) => problemsOf(it, params));
    const gaps = files.flatMap((it) => gapsOf(it, params.path));
    const wanted = `${params.path} is ${expected(params)}`;
    const where = `${counted(files.length, 'file')} (${params.files.join(', ')})`;
    const places = fitting.slice(0, 10).map(({ at }) => at);
    if (!params.every_file) {
      const gappy = answers.flatMap((it) => it.unread.map(({ at }) => keyOf(at)));
      const whole = files.find((it) => isWhole(it, params) && !gappy.includes(keyOf(it.at)));
      if (whole) return verified(`${wanted} in ${whole.at.path}, of ${where}`, placesOf(whole));
    }
    if (wrong.length > 0)
      return contradicted(`not everywhere ${wanted}: ${where}`, [...wrong, ...gaps], { evidence: places });
    const unread = answers.flatMap((it) => it.unread)[0];
    if (unread)
      return unknown(`whether ${wanted} is not known, for ${unread.at.path}: ${unread.detail}`, {
        evidence: [unread.at],
      });
    if (files.length === 0) return missing(`there is no file ${params.files.join(', ')}`);
    if (values.length === 0 || gaps.length > 0)
      return missing(`${params.path} is not there${values.length === 0 ? '' : ' everywhere'}: ${where}`, gaps, {
        evidence: places,
      });
    return verified(`${wanted} in ${where}`, places);
  },
});

function questionsOf({ files, path }: Values<typeof PARAMS>): readonly Question[] {
  return files.map((it) => ({ about: 'values', files: it, path }));
}

function problemsOf({ pointer, value, at }: ValueAt, params: Values<typeof PARAMS>): readonly Problem[] {
  const lack = lackOf(value, params);
  return lack === undefined ? [] : [{ message: `${pointer} ${lack}`, at, subject: pointer }];
}

function gapsOf({ at, values = [], lacking = [] }: FileAnswer, path: string): readonly Problem[] {
  const message = `there is no ${path}`;
  if (values.length === 0 && lacking.length === 0) return [{ message, at, subject: at.path }];
  return lacking.map((place) => ({ message, at: place, subject: at.path }));
}

function isWhole({ values = [], lacking = [] }: FileAnswer, params: Values<typeof PARAMS>): boolean {
  return values.length > 0 && lacking.length === 0 && values.every(({ value }) => lackOf(value, params) === undefined);
}

function keyOf({ root = '', path }: Place): string {
  return `${root}\0${path}`;
}

function placesOf({ values = [] }: FileAnswer): readonly Place[] {
  return values.slice(0, 10).map(({ at }) => at);
}
