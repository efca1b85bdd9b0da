/** What a format of an audit is. Types only; the registry is generated from the folder. */
import type { Audit } from '../../model-audit.ts';
import type { Canvas } from '../canvas.ts';

/** One way to show an audit: pieces of text in order, because a whole one of thousands of repositories may be large. Never decides, filters or reads. */
export interface AuditFormat {
  /** One line for help. */
  readonly summary: string;
  render(audit: Audit, canvas: Canvas): Iterable<string>;
}
