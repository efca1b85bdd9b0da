/** What the GitHub Action runs: one judgement, shown where a workflow shows things. Its inputs come from the environment; nothing of them becomes part of a command. */
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const { env } = process;
const GONOGO = join(import.meta.dirname, '../bin/gonogo.js');

/** An input; empty where it was not given. */
function input(name) {
  return (env[`INPUT_${name}`] ?? '').trim();
}

/** `--flag value` where there is a value. */
function flag(name, value) {
  return value === '' ? [] : [`--${name}`, value];
}

/** The arguments of the one run, and where it leaves what it writes. */
function plan() {
  const folder = mkdtempSync(join(env.RUNNER_TEMP || tmpdir(), 'gonogo-'));
  const files = {
    report: join(folder, 'report.json'),
    sarif: join(folder, 'gonogo.sarif'),
    comment: join(folder, 'comment.md'),
    summary: join(folder, 'summary.md'),
  };
  const formats = [
    `json=${files.report}`,
    `code-scanning=${files.sarif}`,
    `markdown=${files.comment}`,
    `github-summary=${files.summary}`,
    input('ANNOTATIONS') === 'false' ? 'terminal' : 'github',
  ];
  const args = [
    'check',
    ...formats.flatMap((format) => ['--format', format]),
    ...flag('since', input('SINCE')),
    ...flag('baseline', input('BASELINE')),
    ...(input('RATCHET') === 'true' ? ['--ratchet'] : []),
    ...flag('policy', input('POLICY')),
    ...flag('fail-on', input('FAIL_ON')),
    ...flag('tier', input('TIER')),
    ...flag('stage', input('STAGE')),
    ...input('ARGS')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
    '--',
    input('PATH') || '.',
  ];
  return { args, files };
}

/** Text of a workflow command, which ends with its line. */
function commandText(text) {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** Adds to one of the files by which a step speaks to its job; without one there is nobody to speak to. */
function tell(file, text) {
  if (file) appendFileSync(file, text);
}

/** Sets outputs, each between a delimiter that no value can know. */
function setOutputs(outputs) {
  for (const [name, value] of Object.entries(outputs)) {
    const end = `end-${randomUUID()}`;
    tell(env.GITHUB_OUTPUT, `${name}<<${end}\n${value}\n${end}\n`);
  }
}

/** What the report says in numbers. */
function numbersOf(report) {
  const sum = (of) => report.services.reduce((total, service) => total + of(service), 0);
  const [met, applicable] = [sum((it) => it.score.met), sum((it) => it.score.applicable)];
  return {
    verdict: report.verdict,
    score: applicable === 0 ? '' : String(Math.floor((100 * met) / applicable)),
    failed: String(sum((it) => it.findings.filter((finding) => finding.ruling === 'fail').length)),
  };
}

function run() {
  const { args, files } = plan();
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [GONOGO, ...args], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  process.stdout.write(stdout ?? '');
  const judged = (status === 0 || status === 1) && existsSync(files.report);
  if (!judged) {
    const why = error?.message ?? stderr.trim();
    process.stdout.write(`::error title=gonogo could not judge::${commandText(why)}\n`);
    setOutputs({ verdict: '', passes: 'false', score: '', failed: '', report: '', sarif: '', comment: '' });
    return 2;
  }
  process.stderr.write(stderr);
  const passes = status === 0;
  const numbers = numbersOf(JSON.parse(readFileSync(files.report, 'utf8')));
  setOutputs({ ...numbers, passes: String(passes), report: files.report, sarif: files.sarif, comment: files.comment });
  if (input('SUMMARY') !== 'false') tell(env.GITHUB_STEP_SUMMARY, readFileSync(files.summary, 'utf8'));
  return passes || input('REPORT_ONLY') === 'true' ? 0 : 1;
}

process.exitCode = run();
