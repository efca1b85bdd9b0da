/** The first and the last lines about a service: verdict, who is judged, by which yardstick, and the score with its arithmetic. */
import type { Report, ServiceReport, Verdict } from '../model.ts';
import { type Chunk, flow, type Lines } from './layout.ts';
import type { Pen } from './pen.ts';
import { shownVerdict } from './tally.ts';
import { circumstanceWords, scoreWords, verdictReason } from './verdict-words.ts';
import { verdictRuling, verdictWord } from './words.ts';

/** Symbol and word of a verdict. */
export function verdictText(verdict: Verdict | undefined, pen: Pen): string {
  return `${pen.signs.ruling[verdictRuling(verdict)]} ${verdictWord(verdict)}`;
}

/** The same, painted so that it is seen first. */
export function verdictChunk(verdict: Verdict | undefined, pen: Pen): Chunk {
  const text = verdictText(verdict, pen);
  if (verdict === undefined) return { text, paint: pen.ruling.warn, whole: true };
  return { text: pen.badges ? ` ${text} ` : text, paint: pen.verdict[verdict], whole: true };
}

/** The strong line: verdict, name, tier, stage, profile; then the verdict in words. */
export function headline(judged: ServiceReport, report: Report, pen: Pen): Lines {
  const { service, verdict, findings } = judged;
  const assumed = (field: string) => (service.assumed.includes(field) ? ' (assumed)' : '');
  const facts = [
    `tier ${service.tier}${assumed('tier')}`,
    `${service.stage}${assumed('stage')}`,
    `${service.profile} profile${assumed('profile')}`,
  ];
  const dotted = facts.map((fact, index) => {
    const last = index === facts.length - 1;
    return { text: last ? fact : `${fact} ${pen.signs.dot}`, whole: true, gap: index === 0 ? 2 : 1 };
  });
  return [
    ...flow(
      pen.width,
      [
        verdictChunk(shownVerdict(verdict, [judged]), pen),
        { text: service.name, paint: pen.strong, gap: 2 },
        ...dotted,
      ],
      {
        hang: 2,
      },
    ),
    ...flow(pen.width, [verdictReason(findings, verdict, report.asOf)], { indent: 2 }),
  ];
}

/** What was judged, and what the yardstick took for granted. */
export function circumstances(service: ServiceReport, report: Report, pen: Pen): Lines {
  return circumstanceWords(service, report).flatMap((line) =>
    flow(pen.width, [{ text: line, paint: pen.dim }], { indent: 2 }),
  );
}

/** The last line: verdict and score, with how the score comes about. */
export function closing(report: ServiceReport, pen: Pen): Lines {
  const { service, verdict } = report;
  return flow(
    pen.width,
    [
      verdictChunk(shownVerdict(verdict, [report]), pen),
      { text: service.name, paint: pen.strong, gap: 2 },
      { text: scoreWords(report), gap: 2 },
    ],
    {
      hang: 2,
    },
  );
}
