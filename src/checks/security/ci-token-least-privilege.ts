/** Assesses whether workflows get no more rights than they need, run no stranger's code with them, and pin whose actions they use. */
import type { Pipeline, Use } from '../../evidence/pipelines/pipeline.ts';
import type { Problem } from '../../model.ts';
import { assessed, defineCheck, notApplicable } from '../define.ts';
import { integer } from '../params.ts';
import { counted } from '../words.ts';

/** Accounts whose actions come with the system itself. */
const FIRST_PARTY = /^(?:actions|github)$/;

export const check = defineCheck({
  summary:
    "Reads `permissions` of GitHub's workflows and jobs (absent ones fall back on a setting that is not in the repository), looks for `pull_request_target` and `workflow_run` that check out what was proposed, and counts the uses of actions of third parties that are pinned to a full commit. Actions of GitHub and of the repository's own organisation need no pin.",
  needs: ['pipelines'],
  ofOwnFiles: true,
  params: { pinned: integer('percent of the uses of third-party actions that have to be pinned to a commit', 100) },
  assess({ evidence, params }) {
    const { pipelines, organisations } = evidence.pipelines.facts;
    const workflows = pipelines.filter(({ system }) => system === 'github-actions');
    if (workflows.length === 0)
      return notApplicable('no workflow of GitHub Actions is here; the rights of other systems are not in files');
    const wide = workflows.flatMap(tooWide);
    const strangers = workflows.flatMap(strangersCode);
    const uses = thirdParty(workflows, organisations);
    const loose = uses.filter(({ pinned }) => !pinned);
    const share = uses.length === 0 ? 100 : Math.floor(((uses.length - loose.length) * 100) / uses.length);
    const without = workflows.filter((it) => !isLimited(it));
    const unpinned = share < params.pinned ? loose : [];
    const problems = [...strangers, ...wide, ...without.map(unlimited), ...unpinned.map(notPinned)];
    const rights = `\`permissions\` are set in ${workflows.length - without.length} of ${counted(workflows.length, 'workflow')}`;
    const pins =
      uses.length === 0
        ? 'no action of a third party is used'
        : `${uses.length - loose.length} of ${counted(uses.length, 'use')} of third-party actions ${uses.length - loose.length === 1 ? 'is' : 'are'} pinned`;
    const because = `${rights}; ${pins}${params.pinned < 100 ? ` (${params.pinned} % asked)` : ''}`;
    const standing =
      strangers.length + wide.length + unpinned.length > 0
        ? 'contradicted'
        : without.length > 0
          ? 'missing'
          : 'verified';
    const places = workflows.flatMap(
      ({ permissions, jobs, at }) => permissions?.at ?? jobs.find((job) => job.permissions)?.permissions?.at ?? at,
    );
    return assessed(standing, because, { problems, evidence: places.slice(0, 5) });
  },
});

/** The token is limited at the top or in every job that does something itself. */
function isLimited({ permissions, jobs }: Pipeline): boolean {
  return permissions !== undefined || jobs.every((job) => job.permissions !== undefined);
}

function unlimited({ name, at }: Pipeline): Problem {
  return {
    message: `${name} says nothing of its token's rights, so that a setting decides which is not here`,
    at,
    fix: 'Add `permissions: { contents: read }` at the top, and more in the job that needs it.',
    subject: at.path,
  };
}

function tooWide({ permissions, jobs, name }: Pipeline): readonly Problem[] {
  return [permissions, ...jobs.map((job) => job.permissions)].flatMap((it) =>
    it?.scopes.all === 'write'
      ? [
          {
            message: `${name} has the right to write everything`,
            at: it.at,
            fix: 'Name the scopes that it writes, in the job that does.',
            subject: `${it.at.path} write-all`,
          },
        ]
      : [],
  );
}

/** Code that a stranger proposed, with the rights and secrets of the repository. */
function strangersCode({ triggers, jobs, name }: Pipeline): readonly Problem[] {
  const trusted = triggers.some(({ privileged }) => privileged);
  if (!trusted) return [];
  const own = /event\s*==\s*'push'|head_branch|head_repository/;
  const taken = jobs
    .filter(({ condition = '' }) => !own.test(condition))
    .flatMap((job) =>
      job.uses
        .filter(({ ref = '' }) =>
          /pull_request\.head|head_ref|refs\/pull|workflow_run\.head|pull_request\.merge/.test(ref),
        )
        .map((use) => ({ use, job })),
    );
  return taken.map(({ use, job }) => ({
    message: `${name} checks out what was proposed in ${job.id}, where it has the repository's own rights`,
    at: use.at,
    fix: 'Use `pull_request` for what runs proposed code, and keep the trusted part in a workflow that does not.',
    subject: `${use.at.path} ${job.id}`,
  }));
}

function thirdParty(workflows: readonly Pipeline[], organisations: readonly string[]): readonly Use[] {
  const all = workflows.flatMap(({ jobs }) => jobs.flatMap(({ uses }) => uses));
  const foreign = all.filter(({ local, target, kind }) => {
    const owner = target.split('/', 1)[0] ?? '';
    return (
      !local &&
      !target.startsWith('./') &&
      kind !== 'image' &&
      !FIRST_PARTY.test(owner) &&
      !organisations.includes(owner.toLowerCase())
    );
  });
  return [...new Map(foreign.map((it) => [`${it.at.path}:${it.at.line}`, it])).values()];
}

function notPinned({ target, at }: Use): Problem {
  return {
    message: `${target} may become something else any day`,
    at,
    fix: 'Pin it to the full commit, with the version as a comment, and let an update bot move it.',
    subject: target,
  };
}
