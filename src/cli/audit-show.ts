/** Writes an audit where the operator wants it. */
import { AUDIT_FORMATS } from '../generated/audit-formats.ts';
import type { Audit } from '../model-audit.ts';
import type { Canvas } from '../report/canvas.ts';
import type { Destination } from './destinations.ts';
import { writePieces } from './write-pieces.ts';

/** A format of an audit, by name. */
export type AuditFormatName = keyof typeof AUDIT_FORMATS;

/** Writes all of them. */
export async function writeAudit(
  audit: Audit,
  destinations: readonly Destination<AuditFormatName>[],
  canvas: Canvas,
  force: boolean,
): Promise<void> {
  await writePieces(destinations, async (format) => (await AUDIT_FORMATS[format]()).render, audit, { canvas, force });
}
