/** A trend as JSON, whole. */
import type { Trend } from '../../model-trend.ts';
import { jsonText, REPORT_KEYS } from '../json.ts';
import type { TrendFormat } from './format.ts';

/** The JSON format of a trend. */
export const format: TrendFormat = { summary: 'JSON: all of it, for other programs', render };

const KEYS: readonly string[] = ['what', 'by', 'from', 'to', 'name', 'movement', ...REPORT_KEYS];

function* render(trend: Trend): Iterable<string> {
  yield jsonText({ schemaVersion: 1, ...trend }, KEYS, 2);
}
