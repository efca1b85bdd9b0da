/** A badge as shields.io takes it from an address of yours: its endpoint schema as JSON. */
import type { Report } from '../model.ts';
import { badgeFace, type Tone } from './badge-face.ts';
import type { Format } from './format.ts';
import { jsonText } from './json.ts';

/** The badge's format. */
export const format: Format = {
  summary: 'a badge for the endpoint of shields.io, as JSON',
  extension: 'json',
  render,
};

/** Names of colours that shields.io knows. */
const COLOURS: Readonly<Record<Tone, string>> = {
  green: 'brightgreen',
  amber: 'orange',
  red: 'red',
  grey: 'lightgrey',
};

function render(report: Report): string {
  const { label, message, tone } = badgeFace(report);
  const badge = { schemaVersion: 1, label, message, color: COLOURS[tone] };
  return jsonText(badge, Object.keys(badge));
}
