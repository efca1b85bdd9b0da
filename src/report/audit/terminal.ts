/** An audit for a person in a terminal: how many are ready, which are not, and why. */
import type { Audit } from '../../model-audit.ts';
import type { Canvas } from '../canvas.ts';
import { visible } from '../escape-terminal.ts';
import type { AuditFormat } from './format.ts';
import { missingSentence } from './missing.ts';

/** The terminal format of an audit. */
export const format: AuditFormat = { summary: 'for a person in a terminal', render };

function* render(audit: Audit, _canvas: Canvas): Iterable<string> {
  if (audit.missing) yield `${missingSentence(audit.missing)}\n`;
  for (const { repo, verdict, outcome, because } of audit.rows())
    yield `${verdict ?? outcome}  ${visible(repo)}${because === undefined ? '' : `  ${visible(because)}`}\n`;
}
