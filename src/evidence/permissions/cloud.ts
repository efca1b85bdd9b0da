/** Permissions in Terraform: IAM policies however they are written, attachments, project roles and role assignments. */

import type { Grant } from '../permissions.ts';
import { list, record, word } from '../plain-value.ts';
import { type Block, type Contents, nested, spoken, textOf, type Value } from '../terraform/block.ts';
import { hasMarks, withoutMarks } from '../yaml/template-marks.ts';

type Reach = Pick<Grant, 'reach' | 'allows'>;

/** What the blocks grant. */
export function terraformGrants(blocks: readonly Block[]): readonly Grant[] {
  return blocks
    .filter(({ absent }) => absent === undefined)
    .flatMap((block) =>
      reachesOf(block).map((reach) => ({
        name: `${block.type}.${block.name}`,
        system: block.type.startsWith('aws') ? 'aws' : block.type.startsWith('google') ? 'google' : 'azure',
        ...reach,
        at: block.at,
      })),
    );
}

function reachesOf(block: Block): readonly Reach[] {
  const { type } = block;
  if (type === 'aws_iam_policy_document') return fromDocument(block);
  if (type === 'aws_iam_role')
    return [
      ...arnsIn(block.attributes.managed_policy_arns?.value),
      ...nested(block, 'inline_policy').flatMap((it) => fromPolicy(it.attributes.policy?.value)),
    ];
  if (/^aws_iam_\w*_attachments?(_exclusive)?$/.test(type))
    return arnsIn(block.attributes.policy_arn?.value ?? block.attributes.policy_arns?.value);
  if (/^aws_iam_(policy|(role|user|group)_policy)$/.test(type) && block.kind === 'resource')
    return fromPolicy(block.attributes.policy?.value);
  if (/^google_project_iam_(member|binding)$/.test(type)) return fromGoogle(textOf(block, 'role'));
  return type === 'azurerm_role_assignment' ? fromAzure(block) : [];
}

/** Statements with principals say who may use a thing, not what a role may do. */
function fromDocument(block: Block): readonly Reach[] {
  return nested(block, 'statement')
    .filter((it) => nested(it, 'principals').length === 0)
    .map((it) =>
      statementReach({
        effect: textOf(it, 'effect') ?? 'Allow',
        actions: valueIn(it, 'actions'),
        resources: valueIn(it, 'resources'),
        hasCondition: nested(it, 'condition').length > 0,
      }),
    );
}

function valueIn({ attributes }: Contents, name: string): Value | undefined {
  return attributes[name]?.value;
}

/** JSON in a heredoc, or an object that becomes JSON; a reference leads to a document that is read where it stands. */
function fromPolicy(value: Value | undefined): readonly Reach[] {
  if (value === undefined || value === null) return [];
  const text = typeof value === 'string' ? withoutMarks(value) : '';
  if (typeof value === 'string' && !text.trim().startsWith('{')) {
    return /^data\.aws_iam_policy_document\./.test(text) ? [] : [{ reach: 'open', allows: spoken(value) }];
  }
  const policy = record(typeof value === 'string' ? parsed(text) : value);
  const statements = Array.isArray(policy.Statement) ? list(policy.Statement) : [policy.Statement];
  const known = statements.map(record).filter((it) => Object.keys(it).length > 0);
  if (known.length === 0) return [{ reach: 'open', allows: 'a policy that could not be read' }];
  return known
    .filter((it) => !('Principal' in it))
    .map((it) =>
      statementReach({
        effect: word(it.Effect) ?? 'Allow',
        actions: it.Action as Value | undefined,
        resources: it.Resource as Value | undefined,
        hasCondition: it.Condition !== undefined,
      }),
    );
}

interface Statement {
  readonly effect: string;
  readonly actions: Value | undefined;
  readonly resources: Value | undefined;
  readonly hasCondition: boolean;
}

function statementReach({ effect, actions, resources, hasCondition }: Statement): Reach {
  if (!/^allow$/i.test(effect)) return { reach: 'limited', allows: 'a denial' };
  const [all, everywhere] = [wordsOf(actions), wordsOf(resources)];
  const allows = `${all.map(withoutMarks).slice(0, 3).join(', ') || 'what is not excepted'} on ${everywhere.map(withoutMarks).slice(0, 2).join(', ') || 'what is not excepted'}`;
  const any = all.some((it) => it === '*' || it === '*:*');
  if (any && everywhere.includes('*'))
    return {
      reach: hasCondition ? 'open' : 'everything',
      allows: hasCondition ? `${allows}, under a condition` : allows,
    };
  if (all.some(isWhole) || (any && everywhere.some(isWhole))) return { reach: 'open', allows };
  return { reach: 'limited', allows };
}

function wordsOf(value: Value | undefined): readonly string[] {
  return (Array.isArray(value) ? list(value) : [value]).flatMap((it) => word(it) ?? []);
}

/** Nothing but what Terraform fills in. */
function isWhole(text: string): boolean {
  return hasMarks(text) && /^\uE000[^\uE001]*\uE001$/.test(text) && /^\uE000(var|local)\./.test(text);
}

function arnsIn(value: Value | undefined): readonly Reach[] {
  return wordsOf(value).map((arn) => {
    const allows = withoutMarks(arn);
    if (/\/(AdministratorAccess|job-function\/SystemAdministrator)$/.test(allows))
      return { reach: 'everything', allows };
    return { reach: hasMarks(arn) && /^\uE000(var|local|each)\./.test(arn) ? 'open' : 'limited', allows };
  });
}

function fromGoogle(role: string | undefined): readonly Reach[] {
  if (role === undefined) return [];
  const allows = withoutMarks(role);
  if (allows === 'roles/owner') return [{ reach: 'everything', allows }];
  return [{ reach: hasMarks(role) || allows === 'roles/editor' ? 'open' : 'limited', allows }];
}

function fromAzure(block: Block): readonly Reach[] {
  const role = textOf(block, 'role_definition_name');
  if (role === undefined) return [];
  const scope = textOf(block, 'scope') ?? '';
  const isWide = /^\/subscriptions\/[^/]+$|subscription\.[\w.]+\.id|^\/providers\/Microsoft\.Management/.test(
    withoutMarks(scope),
  );
  const allows = `${withoutMarks(role)} on ${withoutMarks(scope)}`;
  if (role === 'Owner' && isWide) return [{ reach: 'everything', allows }];
  return [{ reach: hasMarks(role) || (/^(Owner|Contributor)$/.test(role) && isWide) ? 'open' : 'limited', allows }];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
