/** The next three things to do, each with the place to begin at. */
import type { ServiceReport } from '../model.ts';
import { flow, type Lines } from './layout.ts';
import { nextSteps, type Step } from './order.ts';
import type { Pen } from './pen.ts';
import { placeText } from './places.ts';
import { heading } from './terminal-rulings.ts';
import { counted, RULING_WORDS } from './words.ts';

/** Numbered, the first first. */
export function next({ findings }: ServiceReport, pen: Pen): Lines {
  const steps = nextSteps(findings);
  if (steps.length === 0) return [];
  const open = findings.filter(({ ruling }) => ruling === 'fail' || ruling === 'waived' || ruling === 'warn').length;
  const all = steps.length === open ? '' : `, of ${open} open`;
  const head = heading('NEXT', `${counted(steps.length, 'thing')} to do${all}`, pen);
  return [...head, ...steps.flatMap((step, index) => stepLines(step, index + 1, pen))];
}

function stepLines({ finding, fix, at }: Step, number: number, pen: Pen): Lines {
  const { rule, ruling } = finding;
  const margins = { indent: 2, hang: 5 };
  return [
    ...flow(
      pen.width,
      [
        { text: `${number}.`, paint: pen.strong },
        { text: rule, paint: pen.strong, whole: true },
        { text: `(${RULING_WORDS[ruling].word})`, paint: pen.ruling[ruling] },
      ],
      margins,
    ),
    ...flow(pen.width, [fix], { indent: 5 }),
    ...flow(pen.width, [at && { text: placeText(at), paint: pen.place, whole: true }], { indent: 5 }),
  ];
}
