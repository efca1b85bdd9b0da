/** `gonogo waive`: adds one waiver to the waivers file, keeping its comments and order; refuses one that would not hold. */
import { existsSync, readFileSync } from 'node:fs';
import { parseDocument, type YAMLSeq } from 'yaml';
import { STAGES, severityOf } from '../../checklist/resolve.ts';
import { CHECKLISTS } from '../../generated/checklists.ts';
import { InputError } from '../../input-error.ts';
import { findManifests } from '../../manifest/find.ts';
import type { Rule, WaiverClaim } from '../../model.ts';
import { writeFileSafely } from '../../repo/write.ts';
import { DEFAULT_LIMITS, examine } from '../../verdict/waivers.ts';
import { asOfFrom } from '../options.ts';
import { complain } from '../streams.ts';
import { openWorkspace } from '../workspace.ts';

const NEW_FILE = `# Agreed, dated exceptions. Each needs an owner, a reason and an end; \`gonogo check\` reports those that expired or cover nothing.
apiVersion: gonogo/v1
kind: Waivers
waivers: []
`;

/** Flags of `waive`. */
export type WaiveOptions = Readonly<Record<'reason' | 'owner' | 'expires' | 'file', string>> &
  Partial<Readonly<Record<'scope' | 'approvedBy' | 'ticket' | 'asOf', string>>>;

/** Adds the waiver. */
export async function waive(rule: string, options: WaiveOptions): Promise<void> {
  const asOf = asOfFrom(options.asOf);
  const entry = entryFrom(rule, options, asOf);
  await refuseInvalid(entry, options, asOf);
  const before = existsSync(options.file) ? readFileSync(options.file, 'utf8') : NEW_FILE;
  // The old content is kept whole, so this is no overwriting.
  writeFileSafely(options.file, append(before, entry, options.file), { force: true });
  complain(`${options.file}: waived ${rule} until ${options.expires}, owner ${options.owner}\n`);
}

type Entry = Readonly<Record<string, string>>;

function entryFrom(rule: string, options: WaiveOptions, asOf: string): Entry {
  return {
    rule,
    ...(options.scope && { scope: options.scope }),
    reason: options.reason,
    owner: options.owner,
    ...(options.approvedBy && { approved_by: options.approvedBy }),
    ...(options.ticket && { ticket: options.ticket }),
    from: asOf,
    expires: options.expires,
  };
}

/** The same examination that `check` makes, at the moment of writing. */
async function refuseInvalid(entry: Entry, options: WaiveOptions, asOf: string): Promise<void> {
  if ((entry.reason?.trim().length ?? 0) < 15) throw new InputError('the reason is too short to be one', '--reason', 'say in a sentence what makes the risk acceptable until then');
  const rules = await rulesHere(asOf);
  const claim: WaiverClaim = { rule: entry.rule ?? '', reason: options.reason, owner: options.owner, from: asOf, expires: options.expires, at: { path: options.file } };
  const known = new Set(rules.flatMap((rule) => [rule.id, ...rule.aliases]));
  const { trouble, fix } = examine(claim, { rules, known, limits: DEFAULT_LIMITS, asOf });
  if (trouble) throw new InputError(trouble, 'waive', fix ?? 'see `gonogo rules`');
}

/** Rules with the severities of the service in the current folder. */
async function rulesHere(asOf: string): Promise<readonly Rule[]> {
  const { repo, dir } = await openWorkspace('.', { evidenceRoot: [] });
  const tier = findManifests(repo, dir, asOf).manifests[0]?.identity.tier ?? 3;
  return CHECKLISTS.flatMap((list) =>
    list.rules.map((rule) => ({
      id: rule.id,
      aliases: rule.aliases ?? [],
      area: list.area,
      statement: rule.statement,
      severity: severityOf(rule, tier),
      proof: rule.proof ?? 'optional',
      due: rule.due ?? STAGES[0] ?? 'design',
      check: rule.check ?? rule.id,
      params: {},
      why: rule.why,
      fix: rule.fix,
      refs: [],
      waivable: list.area !== 'waivers',
    })),
  );
}

function append(text: string, entry: Entry, file: string): string {
  const document = parseDocument(text);
  const problem = document.errors[0];
  if (problem) throw new InputError(`${file} is not valid YAML: ${problem.message.split('\n')[0]}`, file, 'repair it first; it was left as it is');
  const list = document.get('waivers') as YAMLSeq | null | undefined;
  if (list && typeof list === 'object' && 'flow' in list) list.flow = false;
  document.addIn(['waivers'], document.createNode(entry));
  return document.toString({ lineWidth: 120 });
}
