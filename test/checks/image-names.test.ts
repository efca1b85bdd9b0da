/** What an image's name says: only a digest or a version stays. */
import { expect, it } from 'vitest';
import { namingOf } from '../../src/checks/release/image-immutable-tag.ts';

it.each([
  ['ledger', 'local'],
  ['team/ledger', 'untagged'],
  ['registry.lumenpay.io:5000/team/ledger', 'untagged'],
  ['ledger:latest', 'moving'],
  ['registry.lumenpay.io:5000/ledger:main', 'moving'],
  ['ledger:latest-2', 'moving'],
  ['redis:alpine', 'moving'],
  ['ledger:1.4', 'version'],
  ['ledger:v2', 'version'],
  ['ledger:3f9ac1d', 'version'],
  [`ledger:1.4@sha256:${'0a'.repeat(32)}`, 'digest'],
  ['ledger@sha256:short', 'local'],
])('%s is %s', (image, naming) => {
  expect(namingOf(image)).toBe(naming);
});
