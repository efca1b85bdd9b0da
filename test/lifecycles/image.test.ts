/** What an image's name tells. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentsOf } from '../../src/lifecycles/image.ts';
import type { Part } from '../../src/lifecycles/tag.ts';

function said(image: string): string {
  const { programs, os } = contentsOf(image);
  const system = os === undefined ? '?' : os === 'none' ? 'none' : spoken(os);
  return `${programs.map(spoken).join(' + ') || '-'} on ${system}`;
}

function spoken({ product, version }: Part): string {
  return `${product} ${version ?? '?'}`;
}

describe('an image', () => {
  it.each([
    // Official images, whose tags begin with a version and end with a system.
    ['node:20-alpine3.23', 'node 20 on alpine 3.23'],
    ['node:24', 'node 24 on ?'],
    ['node:iron-bookworm-slim', 'node iron on debian bookworm'],
    ['python:3.12-slim-buster', 'python 3.12 on debian buster'],
    ['golang:1.26-alpine', 'go 1.26 on alpine ?'],
    ['golang:bookworm', 'go ? on debian bookworm'],
    ['ruby:3.4.2-slim-bookworm', 'ruby 3.4.2 on debian bookworm'],
    ['php:8.3-fpm-alpine3.22', 'php 8.3 on alpine 3.22'],
    ['eclipse-temurin:21-jre-noble', 'temurin 21 on ubuntu noble'],
    ['eclipse-temurin:21.0.1_12-jre', 'temurin 21.0.1_12 on ?'],
    ['eclipse-temurin:21-jre-ubi9-minimal', 'temurin 21 on rhel 9'],
    ['eclipse-temurin:21-jre-alpine-3.22', 'temurin 21 on alpine 3.22'],
    ['amazoncorretto:17-al2023-headless', 'corretto 17 on amazonlinux 2023'],
    ['openjdk:8u292-jre-slim-buster', 'openjdk 8u292 on debian buster'],
    ['maven:3.9-eclipse-temurin-21', 'maven 3.9 + temurin 21 on ?'],
    ['maven:3.8-openjdk-17-slim', 'maven 3.8 + openjdk 17 on ?'],
    ['gradle:8.5-jdk17-alpine', 'gradle 8.5 + temurin 17 on alpine ?'],
    ['tomcat:10.1-jdk21-temurin-noble', 'tomcat 10.1 + temurin 21 on ubuntu noble'],
    ['mongo:8.0-nanoserver-ltsc2022', 'mongodb 8.0 on windows-nanoserver 2022'],
    // Tags that move, digests, and what is filled in.
    ['node', 'node ? on ?'],
    ['node:lts', 'node ? on ?'],
    ['nginx:stable-alpine3.22-slim', 'nginx ? on alpine 3.22'],
    [`node@sha256:${'a'.repeat(64)}`, 'node ? on ?'],
    [`node:24.1.0-alpine3.23@sha256:${'a'.repeat(64)}`, 'node 24.1.0 on alpine 3.23'],
    ['node:${NODE_VERSION}-alpine3.23', 'node ? on alpine 3.23'],
    ['python:3.13-${RELEASE}', 'python 3.13 on ?'],
    ['${REGISTRY}/node:20', 'node 20 on ?'],
    ['${BASE}', '- on ?'],
    // Mirrors, registries, prefixes.
    ['docker.io/library/golang:1.26', 'go 1.26 on ?'],
    ['index.docker.io/library/redis:7.4', 'redis 7.4 on ?'],
    ['public.ecr.aws/docker/library/python:3.11-slim-bookworm', 'python 3.11 on debian bookworm'],
    ['mirror.gcr.io/library/redis:7.4', 'redis 7.4 on ?'],
    ['artifactory.lumenpay.io/docker-remote/node:14', 'node 14 on ?'],
    ['registry.lumenpay.io:5000/base/node:20.3-jammy', 'node 20.3 on ubuntu jammy'],
    ['localhost:5000/node:20', 'node 20 on ?'],
    ['arm64v8/node:18-alpine3.20', 'node 18 on alpine 3.20'],
    // A company's own, with versions of its own.
    ['registry.lumenpay.io/base/node:2.1.0', '- on ?'],
    ['registry.lumenpay.io/base/jre:21', '- on ?'],
    ['lumenpay/node:20', '- on ?'],
    ['lumenpay/alpine:3.4', '- on ?'],
    ['node-exporter:1.9', '- on ?'],
    // Systems.
    ['debian:bookworm-20260101-slim', '- on debian bookworm'],
    ['debian:stable-slim', '- on debian ?'],
    ['ubuntu:22.04', '- on ubuntu 22.04'],
    ['alpine:3', '- on alpine 3'],
    ['alpine', '- on alpine ?'],
    ['rockylinux/rockylinux:9-minimal', '- on rocky 9'],
    ['quay.io/centos/centos:stream9', '- on centos-stream 9'],
    ['public.ecr.aws/amazonlinux/amazonlinux:2023', '- on amazonlinux 2023'],
    ['scratch', '- on none'],
    // Microsoft's, Red Hat's, Amazon's, Bitnami's, distroless.
    ['mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled', 'dotnet 10.0 on ubuntu noble'],
    ['mcr.microsoft.com/dotnet/core/aspnet:3.1-alpine3.16', 'dotnet 3.1 on alpine 3.16'],
    ['mcr.microsoft.com/dotnet/runtime-deps:8.0-alpine3.20', '- on alpine 3.20'],
    ['mcr.microsoft.com/windows/servercore:ltsc2019', '- on windows-servercore 2019'],
    ['mcr.microsoft.com/openjdk/jdk:21-ubuntu', 'microsoft-openjdk 21 on ubuntu ?'],
    ['registry.access.redhat.com/ubi9/nodejs-22:1', 'node ? on rhel 9'],
    ['registry.access.redhat.com/ubi9/openjdk-21-runtime:1.22', 'redhat-openjdk 21 on rhel 9'],
    ['registry.access.redhat.com/ubi8-minimal:8.10', '- on rhel 8'],
    ['redhat/ubi9', '- on rhel 9'],
    ['public.ecr.aws/lambda/python:3.9', 'aws-lambda python3.9 on aws-lambda python3.9'],
    ['public.ecr.aws/lambda/nodejs:20-arm64', 'aws-lambda nodejs20.x on aws-lambda nodejs20.x'],
    ['public.ecr.aws/lambda/provided:al2023', 'aws-lambda provided.al2023 on aws-lambda provided.al2023'],
    ['bitnami/postgresql:16.1.0-debian-11-r2', 'postgres 16.1.0 on debian 11'],
    ['bitnamilegacy/redis:7.4', 'redis ? on ?'],
    ['gcr.io/distroless/static-debian12:nonroot', '- on distroless 12'],
    ['gcr.io/distroless/nodejs24-debian13', 'node 24 on distroless-languages 13'],
    ['gcr.io/distroless/java21-debian12', 'temurin 21 on distroless-languages 12'],
    ['gcr.io/distroless/java:17', 'temurin 17 on distroless-languages ?'],
    ['gcr.io/distroless/python3-debian12', 'python ? on distroless-python 12'],
    ['gcr.io/distroless/static', '- on distroless ?'],
  ])('%s has %s', (image, expected) => {
    expect(said(image)).toBe(expected);
  });

  it('gives each product either a version or why there is none, and never throws', () => {
    const piece = fc.constantFrom(
      'node',
      'alpine',
      '3.23',
      '20',
      '-',
      ':',
      '/',
      '@',
      'sha256:',
      '$',
      '{X}',
      'ubi9',
      'docker.io',
      'lts',
      '__proto__',
      'debian',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece, { maxLength: 12 }).map((it) => it.join('')),
        ),
        (image) => {
          const { programs, os } = contentsOf(image);
          for (const part of [...programs, ...(os && os !== 'none' ? [os] : [])])
            expect((part.version === undefined) !== (part.open === undefined)).toBe(true);
        },
      ),
    );
  });

  it('tells the same whichever mirror the image comes from', () => {
    const mirrors = [
      '',
      'docker.io/',
      'docker.io/library/',
      'public.ecr.aws/docker/library/',
      'mirror.gcr.io/library/',
      'a.b.io/dockerhub/library/',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom('node', 'python', 'golang', 'ruby', 'alpine', 'debian'),
        fc.constantFrom('20', '3.12', '1.26-bookworm', 'latest', '3.4-alpine3.23', 'bookworm-slim'),
        fc.constantFrom(...mirrors),
        (name, tag, mirror) => {
          expect(said(`${mirror}${name}:${tag}`)).toBe(said(`${name}:${tag}`));
        },
      ),
    );
  });
});
