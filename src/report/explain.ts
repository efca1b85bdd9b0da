/** One rule in full for `gonogo explain`: why it exists, how it is checked, for whom it counts, how to meet it, how to waive it. */
import type { Tier } from '../model.ts';
import type { Canvas } from './canvas.ts';
import { type Content, flow, type Lines, stack } from './layout.ts';
import { type Pen, penFor } from './pen.ts';
import type { ParamExplained, RuleExplained } from './rule-explained.ts';
import { type Column, tableOf } from './terminal-table.ts';
import { capital, PROOF_WORDS, SEVERITY_WORDS, STAGE_WORDS, TIER_WORDS } from './words.ts';

type TierKey = keyof RuleExplained['severity'];

const TIERS: readonly Tier[] = [1, 2, 3, 4];

/** How many lines of an example are shown; its page has the rest. */
const SHOWN_LINES = 40;

/** The explanation of one rule. */
export function renderExplanation(rule: RuleExplained, canvas: Canvas): string {
  const pen = penFor(canvas);
  const blocks = [
    head(rule, pen),
    section('WHY', [rule.why], pen),
    checked(rule, pen),
    counts(rule, pen),
    thresholds(rule, pen),
    parameters(rule, pen),
    section('TO MEET IT', [rule.fix], pen),
    example(rule, pen),
    waiving(rule, pen),
    sources(rule, pen),
  ];
  return `${stack(blocks).join('\n')}\n`;
}

function head({ id, statement, aliases }: RuleExplained, pen: Pen): Lines {
  const names =
    aliases.length > 0 ? { text: `also known as ${aliases.join(', ')}`, paint: pen.dim, gap: 2 } : undefined;
  return [
    ...flow(pen.width, [{ text: id, paint: pen.strong, whole: true }, names], { hang: 2 }),
    ...flow(pen.width, [statement]),
  ];
}

function section(title: string, paragraphs: readonly Content[], pen: Pen): Lines {
  const said = paragraphs.filter((content) => content !== undefined && content !== '');
  if (said.length === 0) return [];
  return [
    ...flow(pen.width, [{ text: title, paint: pen.strong }]),
    ...said.flatMap((content) => flow(pen.width, [content], { indent: 2 })),
  ];
}

function heading(title: string, pen: Pen): Lines {
  return flow(pen.width, [{ text: title, paint: pen.strong }]);
}

function checked({ id, subject, check, proof }: RuleExplained, pen: Pen): Lines {
  if (subject === 'estate')
    return section('HOW IT IS CHECKED', [check.summary, 'Reads what `gonogo audit` gathered of every service.'], pen);
  const evidence = check.needs.length > 0 ? `Evidence read: ${check.needs.join(', ')}.` : 'Reads the manifest alone.';
  const other = check.id === id ? '' : `The check is ${check.id}.`;
  return section('HOW IT IS CHECKED', [check.summary, evidence, other, `${capital(PROOF_WORDS[proof].meaning)}.`], pen);
}

/** Severity by tier, from which stage on, and what the profiles and the policy change. */
function counts({ subject, severity, due, profiles, policy = [] }: RuleExplained, pen: Pen): Lines {
  const isEstate = subject === 'estate';
  const title = flow(pen.width, [
    { text: 'FOR WHOM', paint: pen.strong },
    { text: isEstate ? 'all services of an audit together, once' : `due ${STAGE_WORDS[due]}`, gap: 2 },
  ]);
  const tiers = (isEstate ? TIERS.slice(0, 1) : TIERS).flatMap((tier) => {
    const level = severity[`tier${tier}`];
    const who = isEstate ? undefined : { text: `tier ${tier} (${TIER_WORDS[tier]})`, pad: 26 };
    const word = level === 'off' ? 'does not apply' : SEVERITY_WORDS[level].word;
    return flow(pen.width, [who, { text: word, paint: pen.severity[level], whole: true, gap: 2 }], {
      indent: 2,
      hang: 4,
    });
  });
  const changes = profiles.flatMap(({ profile, change }) =>
    flow(pen.width, [`profile ${profile}: ${change}`], { indent: 2, hang: 4 }),
  );
  const agreed = policy.flatMap(({ change, at }) =>
    flow(pen.width, [`policy: ${change}`, { text: `(${at})`, paint: pen.dim }], { indent: 2, hang: 4 }),
  );
  return [...title, ...tiers, ...changes, ...agreed];
}

/** Parameters that differ by tier. */
function thresholds({ check, severity }: RuleExplained, pen: Pen): Lines {
  const tiered = check.params.filter((param) => param.perTier !== undefined);
  if (tiered.length === 0) return [];
  const valueFor = ({ perTier, default: fallback }: ParamExplained, tier: TierKey) =>
    severity[tier] === 'off' ? pen.signs.nothing : valueText(perTier?.[tier] ?? fallback);
  const columns: readonly Column<ParamExplained>[] = [
    { head: 'threshold', cell: ({ name }) => name },
    ...TIERS.map((tier) => ({
      head: `tier ${tier}`,
      cell: (param: ParamExplained) => valueFor(param, `tier${tier}`),
      align: 'right' as const,
    })),
  ];
  return [
    ...heading('THRESHOLDS', pen),
    ...tableOf(tiered, columns, { width: pen.width, indent: 2, headPaint: pen.dim }),
  ];
}

/** What every parameter means, for those who set one in a policy. */
function parameters({ check }: RuleExplained, pen: Pen): Lines {
  if (check.params.length === 0) return [];
  const lines = check.params.flatMap(({ name, doc, default: fallback, perTier }) => {
    const value = perTier === undefined ? `(${valueText(fallback)})` : '(per tier, see above)';
    const title = { text: `${name}:`, paint: pen.strong, whole: true };
    return flow(pen.width, [title, doc, { text: value, paint: pen.dim }], { indent: 2, hang: 4 });
  });
  return [...heading('PARAMETERS', pen), ...lines];
}

function valueText(value: unknown): string {
  if (value === undefined || value === null) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(valueText).join(', ');
  if (typeof value !== 'object') return String(value);
  const entries = Object.entries(value);
  return entries.length === 0 ? 'none' : entries.map(([key, item]) => `${key}: ${valueText(item)}`).join(', ');
}

/** Lines as they stand in the page: code must not be wrapped. */
function example({ id, example: page }: RuleExplained, pen: Pen): Lines {
  if (page === undefined || page.trim() === '') return [];
  const lines = page.trim().split('\n');
  const left = lines.length - SHOWN_LINES;
  const more = left > 0 ? `${left} more lines: fixtures/rules/${id}.md` : '';
  return [
    ...heading('EXAMPLE', pen),
    ...lines.slice(0, SHOWN_LINES).flatMap((line) => verbatim(line, pen)),
    ...flow(pen.width, [{ text: more, paint: pen.dim }], { indent: 2 }),
  ];
}

function verbatim(line: string, pen: Pen): Lines {
  return line.trim() === ''
    ? ['']
    : flow(pen.width, [{ text: line.trimEnd().replaceAll('\t', '  '), whole: true }], { indent: 2 });
}

function waiving({ id, subject }: RuleExplained, pen: Pen): Lines {
  const snippet = [
    'apiVersion: gonogo/v1',
    'kind: Waivers',
    'waivers:',
    `  - rule: ${id}`,
    '    scope: <left out for all of it; a path, or a scope that check --verbose shows>',
    '    reason: <what makes the risk acceptable until then>',
    '    owner: <person or team that answers for it>',
    '    expires: <YYYY-MM-DD>',
  ];
  return [
    ...section(
      'TO WAIVE IT',
      [
        subject === 'estate' &&
          'For one service: `na` in its manifest, with a reason, where it is meant to be so. Else:',
        'An agreed, dated exception in gonogo.waivers.yaml (`gonogo waive` writes it):',
      ].filter((it) => it !== false),
      pen,
    ),
    ...snippet.flatMap((line) => flow(pen.width, [{ text: line, whole: true }], { indent: 4 })),
  ];
}

function sources({ refs }: RuleExplained, pen: Pen): Lines {
  return section(
    'SOURCES',
    refs.map((ref) => ({ text: ref, paint: pen.link(ref) })),
    pen,
  );
}
