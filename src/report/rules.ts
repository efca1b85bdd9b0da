/** All rules: a table by area for people, and the same as JSON. */

import { grouped } from '../grouped.ts';
import type { Severity } from '../model.ts';
import type { Canvas } from './canvas.ts';
import { jsonText } from './json.ts';
import { flow, type Lines, stack } from './layout.ts';
import { type Pen, penFor } from './pen.ts';
import type { RuleExplained } from './rule-explained.ts';
import { counted, PROOF_WORDS, SEVERITY_WORDS, STAGE_WORDS } from './words.ts';

const TIER_KEYS = ['tier1', 'tier2', 'tier3', 'tier4'] as const;

const LETTERS: Readonly<Record<Severity, string>> = { critical: 'C', major: 'M', standard: 'S', off: '-' };

/** Keys of the JSON form, in the order in which they are read. */
const KEYS: readonly string[] = [
  ...[
    'id',
    'area',
    'subject',
    'statement',
    'aliases',
    'severity',
    'tier1',
    'tier2',
    'tier3',
    'tier4',
    'proof',
    'due',
    'why',
    'fix',
    'refs',
  ],
  ...[
    'check',
    'summary',
    'needs',
    'params',
    'name',
    'doc',
    'default',
    'perTier',
    'profiles',
    'profile',
    'change',
    'policy',
    'at',
    'example',
  ],
];

/** Rules as JSON, without their example pages. */
export function rulesJson(rules: readonly RuleExplained[]): string {
  return jsonText(
    rules.map(({ example: _, ...rule }) => rule),
    KEYS,
  );
}

/** Rules by area, two lines each. */
export function renderRules(rules: readonly RuleExplained[], canvas: Canvas): string {
  const pen = penFor(canvas);
  const areas = [...grouped(rules, ({ area }) => area)];
  const total = `${counted(rules.length, 'rule')} in ${counted(areas.length, 'area')}`;
  const blocks = areas.map(([area, own]) => areaLines(area, own, pen));
  return `${stack([legend(total, pen), ...blocks, closing(pen)]).join('\n')}\n`;
}

function legend(total: string, pen: Pen): Lines {
  const letters = (['critical', 'major', 'standard', 'off'] as const).map((severity, index, all) => ({
    text: `${LETTERS[severity]} ${SEVERITY_WORDS[severity].word}${index < all.length - 1 ? ',' : ''}`,
    paint: pen.severity[severity],
    whole: true,
  }));
  return [
    ...flow(pen.width, [{ text: total, paint: pen.strong }]),
    ...flow(pen.width, ['Four letters stand for tier 1 (customer-critical) to tier 4 (experimental):', ...letters]),
  ];
}

function areaLines(area: string, rules: readonly RuleExplained[], pen: Pen): Lines {
  const title = flow(pen.width, [
    { text: area.toUpperCase(), paint: pen.strong },
    { text: counted(rules.length, 'rule'), paint: pen.dim, gap: 2 },
  ]);
  return [...title, ...rules.flatMap((rule) => ruleLines(rule, pen))];
}

function ruleLines({ id, subject, statement, severity, due, proof, policy = [] }: RuleExplained, pen: Pen): Lines {
  const letters = TIER_KEYS.map((tier, index) => ({
    text: LETTERS[severity[tier]],
    paint: pen.severity[severity[tier]],
    gap: index === 0 ? 0 : 1,
  }));
  const conditions =
    subject === 'estate'
      ? [{ text: 'all services of an audit together', paint: pen.dim, gap: 2 }]
      : [
          { text: `${STAGE_WORDS[due]},`, paint: pen.dim, gap: 2, whole: true },
          { text: PROOF_WORDS[proof].word, paint: pen.dim, whole: true },
        ];
  return [
    ...flow(pen.width, [...letters, { text: id, paint: pen.strong, whole: true, gap: 2 }, ...conditions], {
      indent: 2,
      hang: 11,
    }),
    ...flow(pen.width, [statement], { indent: 11 }),
    ...policy.flatMap(({ change, at }) =>
      flow(
        pen.width,
        [
          { text: `policy: ${change}`, paint: pen.strong },
          { text: `(${at})`, paint: pen.dim },
        ],
        {
          indent: 11,
          hang: 13,
        },
      ),
    ),
  ];
}

function closing(pen: Pen): Lines {
  return flow(pen.width, [
    { text: '`gonogo explain <rule>` says why a rule exists, how it is checked and how to meet it.', paint: pen.dim },
  ]);
}
