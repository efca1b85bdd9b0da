import { describe, expect, it } from 'vitest';
import { loadScore, severityOf } from '../../src/advisories/severity.ts';
import type { Json } from './osv.ts';

const V4_CRITICAL = 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N';
const V4_HIGH = `${V4_CRITICAL}/E:U`;
const V31_CRITICAL = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';
const V31_HIGH = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N';
const V31_MEDIUM = 'CVSS:3.1/AV:N/AC:L/PR:L/UI:R/S:C/C:L/I:L/A:N';
const V31_LOW = 'CVSS:3.1/AV:P/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N';
const V30_HIGH = 'CVSS:3.0/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H/E:P';
const V2_HIGH = 'AV:N/AC:L/Au:N/C:C/I:C/A:C';
const V2_MEDIUM = 'AV:N/AC:M/Au:N/C:N/I:P/A:N';
const NONE = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N';

const score = await loadScore();

function severity(record: Json, affected: Json = {}, id = 'GHSA-1') {
  const { severity: level, severityFrom } = severityOf(record, affected, id, score);
  return [level, severityFrom];
}

function vector(type: string, text: string): Json {
  return { severity: [{ type, score: text }] };
}

describe('severityOf', () => {
  it.each([
    ['CVSS_V4', V4_CRITICAL, 4, 'CVSS 4.0'],
    ['CVSS_V4', V4_HIGH, 3, 'CVSS 4.0'],
    ['CVSS_V3', V31_CRITICAL, 4, 'CVSS 3.1'],
    ['CVSS_V3', V31_HIGH, 3, 'CVSS 3.1'],
    ['CVSS_V3', V31_MEDIUM, 2, 'CVSS 3.1'],
    ['CVSS_V3', V31_LOW, 1, 'CVSS 3.1'],
    ['CVSS_V3', V30_HIGH, 3, 'CVSS 3.0'],
    ['CVSS_V2', V2_HIGH, 3, 'CVSS 2.0'],
    ['CVSS_V2', `(${V2_MEDIUM})`, 2, 'CVSS 2.0'],
    // A flaw without any impact is as low as there is, not of unknown severity.
    ['CVSS_V3', NONE, 1, 'CVSS 3.1'],
    ['Ubuntu', 'negligible', 1, 'Ubuntu'],
    ['Ubuntu', 'critical', 4, 'Ubuntu'],
  ])('%s %s: %i by %s', (type, text, level, from) => {
    expect(severity(vector(type, text))).toEqual([level, from]);
  });

  it.each(['LOW', 'MODERATE', 'Medium', 'high', 'CRITICAL'])('takes the word %s of the database', (word) => {
    const levels: Json = { LOW: 1, MODERATE: 2, Medium: 2, high: 3, CRITICAL: 4 };
    expect(severity({ database_specific: { severity: word } })).toEqual([levels[word], 'GHSA']);
  });

  it('takes words and vectors of the package', () => {
    expect(severity({}, { ecosystem_specific: { severity: 'HIGH' } }, 'PYSEC-1')).toEqual([3, 'PYSEC']);
    expect(severity({}, { database_specific: { cvss: V31_CRITICAL } }, 'RUSTSEC-1')).toEqual([4, 'CVSS 3.1']);
    expect(severity({}, { database_specific: { cvss: { vectorString: V31_HIGH, score: 1 } } })).toEqual([
      3,
      'CVSS 3.1',
    ]);
    expect(severity({}, vector('CVSS_V3', V31_LOW))).toEqual([1, 'CVSS 3.1']);
  });

  it('prefers CVSS 4 to CVSS 3, that to words, and words to CVSS 2', () => {
    const words = { database_specific: { severity: 'LOW' } };
    const both = [
      { type: 'CVSS_V2', score: V2_HIGH },
      { type: 'CVSS_V3', score: V31_CRITICAL },
      { type: 'CVSS_V4', score: V4_HIGH },
    ];
    expect(severity({ severity: both, ...words })).toEqual([3, 'CVSS 4.0']);
    expect(severity({ severity: both.slice(0, 2), ...words })).toEqual([4, 'CVSS 3.1']);
    expect(severity({ severity: both.slice(0, 1), ...words })).toEqual([1, 'GHSA']);
    expect(severity({ severity: both.slice(0, 1) })).toEqual([3, 'CVSS 2.0']);
  });

  it('takes the greater of two vectors of one version, and that of the package before that of the record', () => {
    const two = [
      { type: 'CVSS_V3', score: V31_LOW },
      { type: 'CVSS_V3', score: V31_HIGH },
    ];
    expect(severity({ severity: two })).toEqual([3, 'CVSS 3.1']);
    expect(severity(vector('CVSS_V3', V31_CRITICAL), vector('CVSS_V3', V31_LOW))).toEqual([1, 'CVSS 3.1']);
  });

  it.each([
    '',
    '-',
    'garbage',
    'CVSS:3.1/AV:N',
    'CVSS:9.9/AV:N',
    V31_HIGH.replace('AV:N', 'AV:X'),
    V31_HIGH.replace('AV:N', 'AV:?'),
    7,
    null,
    {},
  ])('does not know what is no whole vector: %j', (text) => {
    expect(severity({ severity: [{ type: 'CVSS_V3', score: text }] })).toEqual([0, '']);
  });

  it('does not know where nothing is said, or nothing that is understood', () => {
    expect(severity({})).toEqual([0, '']);
    expect(severity({ severity: 'high', database_specific: { severity: 'catastrophic' } })).toEqual([0, '']);
  });
});
