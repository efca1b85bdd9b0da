/** `gonogo test-rules`: runs the example pages of an organisation's own rules, says where they drift, and rewrites their answers when told to. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadChecklists } from '../../checklist/load-checklist.ts';
import { type ExampleRun, type PageRun, runPage } from '../../examples/run-page.ts';
import { CHECKLISTS } from '../../generated/checklists.ts';
import { InputError } from '../../input-error.ts';
import { writeFileSafely } from '../../repo/write.ts';
import { visible } from '../../report/escape-terminal.ts';
import type { NamedChecklist } from '../../run.ts';
import type { Outcome } from '../program.ts';
import { print } from '../streams.ts';
import { folderOf } from '../workspace.ts';

/** Flags of `test-rules`. */
export interface TestRulesFlags {
  readonly update?: boolean;
}

/** Runs every page; exit code 1 where one does not say what is true, or is not there. */
export async function testRules(path: string, { update = false }: TestRulesFlags, outcome: Outcome): Promise<void> {
  const folder = folderOf(path);
  const own = await checklistsIn(folder);
  const rules = own.flatMap((list) => list.rules.map((rule) => rule.id));
  const pages = pagesIn(folder);
  const yardstick = { checklists: [...CHECKLISTS, ...own], debug: false };
  const troubles: string[] = [];
  for (const rule of rules) {
    const file = join(folder, `${rule}.md`);
    const before = pages.includes(rule) ? readText(file) : undefined;
    const page = before === undefined ? undefined : await runPage(before, rule, yardstick);
    const trouble = page ? troubleWith(page, update) : [`there is no page ${rule}.md`];
    if (page && update && page.text !== before) writeFileSafely(file, page.text, { force: true });
    print(`${trouble.length > 0 ? 'FAIL' : 'ok  '} ${visible(rule)}${page ? tally(page) : ''}\n`);
    for (const line of trouble) print(`     ${visible(line)}\n`);
    troubles.push(...trouble);
  }
  const strays = pages.filter((it) => !rules.includes(it));
  for (const stray of strays) print(`FAIL ${visible(stray)}.md is the page of no rule\n`);
  outcome.exitCode = troubles.length + strays.length > 0 ? 1 : 0;
}

async function checklistsIn(folder: string): Promise<readonly NamedChecklist[]> {
  const files = readdirSync(folder)
    .filter((file) => /\.ya?ml$/.test(file))
    .sort()
    .map((file) => join(folder, file));
  if (files.length === 0)
    throw new InputError(
      'there is no checklist',
      folder,
      'give a folder with checklists (*.yaml) and <area>/<rule>.md',
    );
  const lists = await loadChecklists(
    files.map((path) => ({ path, text: readText(path) })),
    CHECKLISTS,
  );
  if (lists.every((list) => list.rules.length === 0))
    throw new InputError('the checklists have no rule, so nothing was tested', folder, 'write a rule');
  return lists;
}

/** Pages by the rules they are named after: Markdown one folder down. */
function pagesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) =>
      readdirSync(join(folder, name))
        .filter((file) => file.endsWith('.md'))
        .map((file) => `${name}/${file.slice(0, -'.md'.length)}`),
    )
    .sort();
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new InputError(`cannot be read: ${code}`, path, 'check what it is and who may read it');
  }
}

function troubleWith({ examples, lacks }: PageRun, update: boolean): readonly string[] {
  return [
    ...lacks.map((kind) => `it has no example "## ${kind === 'ready' ? 'Ready' : 'Not ready'} …"`),
    ...examples.filter(({ fits }) => !fits).map(misfit),
    ...(update ? [] : examples.flatMap(drift)),
  ];
}

function misfit({ title, finding }: ExampleRun): string {
  return `"${title}" is ${finding.standing}: ${finding.because}`;
}

/** The lines of an answer that are others today; the answers are short, so what stands between is shown whole. */
function drift({ title, before, after }: ExampleRun): readonly string[] {
  if (before === after) return [];
  const [old, now] = [linesOf(before), linesOf(after)];
  const same = old.findIndex((line, index) => line !== now[index]);
  const head = same < 0 ? old.length : same;
  let tail = 0;
  while (tail < Math.min(old.length, now.length) - head && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  return [
    `"${title}": the page does not say what is answered today (--update rewrites it)`,
    ...old.slice(head, old.length - tail).map((line) => `- ${line}`),
    ...now.slice(head, now.length - tail).map((line) => `+ ${line}`),
  ];
}

function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.split('\n');
}

function tally({ examples }: PageRun): string {
  const standings = examples.map(({ finding }) => finding.standing);
  return `: ${[...new Set(standings)].map((it) => `${standings.filter((other) => other === it).length} ${it}`).join(', ')}`;
}
