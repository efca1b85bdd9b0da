/** Reads one manifest: text, data, schema, short forms, plausibility. Never throws; everything wrong with the file becomes a problem with its place. */
import type { ErrorObject } from 'ajv';
import type { Repo } from '../repo/repo.ts';
import { manifestsIn } from './discover.ts';
import { byPlace, explainErrors } from './explain-error.ts';
import { identityOf } from './identity.ts';
import { TEXT_CAP } from './limits.ts';
import type { Claims, Manifest, ManifestProblem } from './manifest.ts';
import { type Parsed, parseStrict } from './parse.ts';
import { implausible } from './plausibility.ts';
import { foundWords } from './schema-words.ts';
import { expandShortForms } from './short-forms.ts';

/** A compiled schema: true when the data fits, else `errors` says why. */
export interface Validate {
  (data: unknown): boolean;
  errors?: readonly ErrorObject[] | null;
}

const PROBLEM_CAP = 20;

/** The manifest at a path that was found in the repository. `asOf` is the ISO date that counts as today. */
export function readManifest(repo: Repo, path: string, asOf: string, validate: Validate): Manifest {
  const dir = path.slice(0, Math.max(path.lastIndexOf('/'), 0));
  const rivals = rivalsOf(repo, path, dir);
  const read = repo.read(path, TEXT_CAP);
  const skipped = repo.list().skipped.find(({ at }) => at.path === path);
  if (!read.ok) return invalid({ path, dir }, [...rivals, unreadable(path, skipped?.detail ?? read.detail)], {});
  const parsed = parseStrict(read.text, path);
  const wrong = [...rivals, ...wrongWith(parsed, path, validate)];
  if (wrong.length > 0) {
    const doubtful = new Set(wrong.map(({ subject }) => subject));
    return invalid({ path, dir }, wrong, { identity: identityOf(parsed.value, doubtful), positions: parsed.positions });
  }
  return sensible({ path, dir }, parsed, asOf);
}

type Spot = Pick<Manifest, 'path' | 'dir'>;

function sensible(spot: Spot, parsed: Parsed, asOf: string): Manifest {
  const { data, positions } = expandShortForms(parsed.value, parsed.positions);
  const found = implausible(data, positions, spot.path, asOf);
  const problems = found.map(({ minor: _, ...problem }) => problem);
  const identity = identityOf(data, new Set());
  if (found.some(({ minor }) => !minor)) return invalid(spot, problems, { identity, positions });
  return {
    ...spot,
    state: 'valid',
    claims: data as Claims,
    identity,
    problems: limited(problems),
    positions,
    notes: [],
  };
}

function invalid(spot: Spot, problems: readonly ManifestProblem[], known: Partial<Manifest>): Manifest {
  return {
    ...spot,
    state: 'invalid',
    claims: {},
    identity: {},
    positions: {},
    notes: [],
    ...known,
    problems: limited([...problems].sort(byPlace)),
  };
}

function wrongWith(parsed: Parsed, path: string, validate: Validate): readonly ManifestProblem[] {
  if (parsed.problems.length > 0) return parsed.problems;
  const { value } = parsed;
  if (value === undefined || value === null)
    return [
      atTop(
        path,
        'the manifest is empty',
        'Write at least apiVersion, kind, name and tier; `gonogo init` does it for you.',
      ),
    ];
  if (typeof value !== 'object' || Array.isArray(value)) {
    return [
      atTop(
        path,
        `the manifest has to be a map of keys; found ${foundWords(value)}`,
        'Begin it with `apiVersion: gonogo/v1` and `kind: Service`.',
      ),
    ];
  }
  if (validate(value)) return [];
  const problems = explainErrors(validate.errors ?? [], { data: value, positions: parsed.positions, path });
  // A file of another format or version: what our schema says about the rest of it helps nobody.
  const foreign = problems.filter(({ subject }) =>
    ['apiVersion', 'kind'].some((key) => subject === `/${key}` && key in value),
  );
  return foreign.length > 0 ? foreign : problems;
}

function rivalsOf(repo: Repo, path: string, dir: string): readonly ManifestProblem[] {
  const others = manifestsIn(repo, dir).filter((other) => other !== path);
  if (others.length === 0) return [];
  return [
    atTop(
      path,
      `the folder has ${others.length + 1} manifests: ${[path, ...others].join(' and ')}`,
      'Keep one of them.',
    ),
  ];
}

function unreadable(path: string, detail: string): ManifestProblem {
  return atTop(path, `the manifest cannot be read: ${detail}`, 'Keep it a regular UTF-8 text file of at most 1 MiB.');
}

function atTop(path: string, message: string, fix: string): ManifestProblem {
  return { message, fix, subject: '', at: { path, line: 1, column: 1 } };
}

function limited(problems: readonly ManifestProblem[]): readonly ManifestProblem[] {
  const next = problems[PROBLEM_CAP];
  if (!next) return problems;
  const rest = problems.length - PROBLEM_CAP;
  const more = {
    ...next,
    message: `and ${rest} more ${rest === 1 ? 'problem' : 'problems'} in this file`,
    fix: 'Correct those above first.',
    subject: 'more',
  };
  return [...problems.slice(0, PROBLEM_CAP), more];
}
