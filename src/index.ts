/** The library: judge a repository and show the report. Everything else is internal. */

export { compareReports } from './compare/compare.ts';
export { CHECKLISTS, PROFILES } from './generated/checklists.ts';
export { InputError } from './input-error.ts';
export type {
  Against,
  Assessment,
  Change,
  Finding,
  Place,
  Problem,
  Profile,
  Report,
  Ruling,
  Service,
  ServiceReport,
  Severity,
  Stage,
  Standing,
  Tier,
  Verdict,
  Waiver,
} from './model.ts';
export { diskRepo, findRepositoryRoot } from './repo/disk.ts';
export { memoryRepo } from './repo/memory.ts';
export type { Repo } from './repo/repo.ts';
export { judgeRepository, type Options, type Workspace } from './run.ts';
