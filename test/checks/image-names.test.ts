/** What an image's name says: only a digest or a version stays. */
import { expect, it } from 'vitest';
import { namingOf } from '../../src/checks/image-naming.ts';

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
  ['ledger:1.4.2-build', 'version'],
  ['ledger:ci-20391', 'version'],
  ['ledger:app_version', 'filled'],
  ['ledger:IMAGE_TAG', 'filled'],
  ['ledger:BUILD_SOURCE', 'filled'],
  ['ledger:latest-from-pipeline', 'filled'],
  ['ledger:set-by-ci', 'filled'],
  ['ledger:placeholder', 'filled'],
  ['ledger:0.0.0', 'filled'],
  ['ledger:x.x.x', 'filled'],
  ['controller:latest', 'filled'],
  ['ledger:release', 'moving'],
  ['debian:bookworm-slim', 'version'],
  ['public.ecr.aws/docker/library/ubuntu:Noble', 'version'],
  ['debian:stable-slim', 'moving'],
  ['debian:sid', 'moving'],
  ['ubuntu:rolling', 'moving'],
  ['python:slim-bookworm', 'moving'],
  ['node:lts-bookworm-slim', 'moving'],
  ['ledger:bookworm', 'moving'],
  ['eclipse-temurin:21-jre-jammy', 'version'],
  [`ledger:1.4@sha256:${'0a'.repeat(32)}`, 'digest'],
  ['ledger@sha256:short', 'local'],
])('%s is %s', (image, naming) => {
  expect(namingOf(image)).toBe(naming);
});
