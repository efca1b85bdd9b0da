/** Writes an audit where the operator wants it, piece by piece: files first, so that a closed stdout loses none of them. */
import { AUDIT_FORMATS } from '../generated/audit-formats.ts';
import type { Audit } from '../model-audit.ts';
import { writeFileSafely } from '../repo/write.ts';
import type { Canvas } from '../report/canvas.ts';
import type { Destination } from './destinations.ts';
import { print } from './streams.ts';

/** A format of an audit, by name. */
export type AuditFormatName = keyof typeof AUDIT_FORMATS;

/** Writes all of them. A file gets no colour and no wrapping. */
export async function writeAudit(
  audit: Audit,
  destinations: readonly Destination<AuditFormatName>[],
  canvas: Canvas,
  force: boolean,
): Promise<void> {
  const inOrder = [...destinations].sort((a, b) => Number(a.file === undefined) - Number(b.file === undefined));
  for (const { format, file } of inOrder) {
    const { render } = await AUDIT_FORMATS[format]();
    if (file === undefined) for (const piece of render(audit, canvas)) print(piece);
    else writeFileSafely(file, render(audit, { ...canvas, width: 0, colour: 0, hyperlinks: false }), { force });
  }
}
