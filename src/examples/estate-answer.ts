/** Runs the real pipeline on an example with several repositories and renders what a rule across services answers. The first part of each path is the repository. */
import { type Bench, judgeTarget, unjudged } from '../audit/judge-target.ts';
import { assessEstate } from '../estate/estate.ts';
import { CHECKLISTS, ESTATE, PROFILES } from '../generated/checklists.ts';
import { InputError } from '../input-error.ts';
import type { AuditHeader, AuditRow, EstateFinding, EstatePlace, Target } from '../model-audit.ts';
import { ruleTexts } from '../packed-report.ts';
import { memoryRepo } from '../repo/memory.ts';
import { PAGE_DATE } from './answer.ts';
import type { Example } from './page.ts';

const HEADER: AuditHeader = {
  schemaVersion: 1,
  tool: { name: 'gonogo', version: '0.0.0' },
  asOf: PAGE_DATE,
  checklists: CHECKLISTS.map(({ area, digest }) => ({ name: area, digest })),
  yardstick: '',
  rules: ruleTexts(CHECKLISTS),
};

/** Whether a rule is about all services together, so that its page shows several repositories. */
export function isOfEstate(rule: string): boolean {
  return ESTATE.rules.some(({ id }) => id === rule);
}

/** The finding of one rule on the repositories of one example. */
export async function estateFindingOn(example: Example, rule: string): Promise<EstateFinding> {
  const rows: AuditRow[] = [];
  for (const target of targetsOf(example)) rows.push(await rowOf(target, example));
  const { findings } = assessEstate(rows, { asOf: PAGE_DATE, only: [rule], debug: true });
  const [finding] = findings;
  if (!finding) throw new InputError(`${rule} gave no finding on "${example.title}"`, rule, 'is it switched off?');
  return finding;
}

function targetsOf({ files, traits }: Example): readonly Target[] {
  const names = [...Object.keys(files).map((path) => path.split('/')[0] ?? ''), ...Object.keys(traits)];
  return [...new Set(names)].sort().map((id) => ({
    id,
    kind: 'folder',
    location: '',
    ...(traits[id] === 'archived' && { archived: true }),
    ...(traits[id] === 'fork' && { fork: true }),
  }));
}

async function rowOf(target: Target, { files, traits }: Example): Promise<AuditRow> {
  if (traits[target.id] === 'unreachable') return unjudged(target, 'unreachable', 'nobody answered');
  const own = Object.entries(files).filter(([path]) => path.startsWith(`${target.id}/`));
  const repo = memoryRepo({
    name: target.id,
    files: Object.fromEntries(own.map(([path, text]) => [path.slice(target.id.length + 1), text])),
    absent: 'not a git repository',
  });
  return judgeTarget(target, benchFor({ repo, dir: '', rootNamed: () => undefined }));
}

/** Only what is said of the manifests is judged besides: the rules across services read facts, not findings. */
function benchFor(workspace: Awaited<ReturnType<Bench['open']>>): Bench {
  return {
    header: HEADER,
    open: async () => workspace,
    options: async () => ({
      asOf: PAGE_DATE,
      only: ['manifest'],
      failOn: 'major',
      checklists: CHECKLISTS,
      profiles: PROFILES,
      version: '0.0.0',
      mayBeEmpty: true,
    }),
  };
}

/** The answer as a block quote. */
export function renderEstateAnswer({ standing, because, problems, excused = [] }: EstateFinding): string {
  const lines = [`**${standing}** ${because}`];
  if (problems.length > 0) lines.push('');
  for (const { message, path, places, fix } of problems) {
    lines.push(`- ${message}${fix ? ` → ${fix}` : ''}`);
    if (path.length > 0) lines.push(`  way: ${path.join(' → ')}`);
    if (places.length > 0) lines.push(`  at: ${places.map(code).join(', ')}`);
  }
  if (excused.length > 0)
    lines.push('', `left out: ${excused.map(({ service, at }) => `${service} ${code(at)}`).join(', ')}`);
  return lines.map((line) => (line === '' ? '>' : `> ${line}`)).join('\n');
}

function code({ repo, path, line }: EstatePlace): string {
  return `\`${[`${repo}/${path}`, line].filter((it) => it !== undefined).join(':')}\``;
}
