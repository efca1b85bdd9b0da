/** CycloneDX 1.6: a bill of materials of the locked packages, as JSON. It lists what was read and claims no completeness. */
import { ComponentScope, ComponentType, LifecyclePhase } from '@cyclonedx/cyclonedx-library/Enums';
import {
  Bom,
  Component as BomComponent,
  LicenseExpression,
  Metadata,
  NamedLicense,
  Property,
  SpdxLicense,
} from '@cyclonedx/cyclonedx-library/Models';
import { JsonSerializer, JSON as Normalize } from '@cyclonedx/cyclonedx-library/Serialize';
import { Spec1dot6 } from '@cyclonedx/cyclonedx-library/Spec';
import parse from 'spdx-expression-parse';
import { grouped } from '../grouped.ts';
import type { Component, Report, ServiceReport } from '../model.ts';
import type { Format } from './format.ts';
import { packageUrl, partsOf } from './package-url.ts';
import { placeText } from './places.ts';

/** The CycloneDX format. */
export const format: Format = {
  summary: 'CycloneDX 1.6 JSON: a bill of materials of the locked packages',
  needs: 'components',
  extension: 'cdx.json',
  render,
};

/** Most lockfiles that one component names. */
const SHOWN_PLACES = 5;

const SCOPES: Readonly<Record<Component['scope'], ComponentScope | undefined>> = {
  production: ComponentScope.Required,
  optional: ComponentScope.Optional,
  development: ComponentScope.Excluded,
  unknown: undefined,
};

function render(report: Report): string {
  const metadata = new Metadata({ timestamp: new Date(`${report.asOf}T00:00:00Z`) });
  metadata.tools.components.add(
    new BomComponent(ComponentType.Application, report.tool.name, { version: report.tool.version }),
  );
  const roots = report.services.map((service) => applicationOf(service, report));
  const [first] = roots;
  const root = roots.length === 1 && first ? first : new BomComponent(ComponentType.Application, report.repo.name);
  root.bomRef.value ??= `repository:${report.repo.name}`;
  metadata.component = root;
  const bom = new Bom({ metadata });
  for (const [index, service] of report.services.entries()) {
    const application = roots[index];
    if (!application) continue;
    if (application !== root) {
      bom.components.add(application);
      root.dependencies.add(application.bomRef);
    }
    addPackages(bom, application, service.components ?? []);
  }
  metadata.lifecycles.add(LifecyclePhase.PreBuild);
  const serializer = new JsonSerializer(new Normalize.Normalize.Factory(Spec1dot6));
  return `${serializer.serialize(bom, { sortLists: true, space: 2 })}\n`;
}

function applicationOf({ service }: ServiceReport, { repo }: Report): BomComponent {
  return new BomComponent(ComponentType.Application, service.name, {
    bomRef: `service:${service.dir === '' ? service.name : service.dir}`,
    ...(repo.commit !== undefined && { version: repo.commit }),
  });
}

/** Each version once, however many lockfiles have it; who asks for it is drawn only where the name means one version. */
function addPackages(bom: Bom, application: BomComponent, components: readonly Component[]): void {
  const entries = [...grouped(components, keyOf)].flatMap(([key, [first, ...others]]) =>
    first ? [{ all: [first, ...others], name: nameOf(first), made: componentOf(key, first, others) }] : [],
  );
  const byName = grouped(entries, ({ name }) => name);
  for (const { all, made } of entries) {
    bom.components.add(made);
    if (all.some(({ direct }) => direct === true)) application.dependencies.add(made.bomRef);
    const parents = all.flatMap(({ ecosystem, requiredBy }) => requiredBy.map((name) => nameOf({ ecosystem, name })));
    for (const parent of new Set(parents)) {
      const [only, ...further] = byName.get(parent) ?? [];
      if (only && further.length === 0) only.made.dependencies.add(made.bomRef);
    }
  }
}

function nameOf({ ecosystem, name }: Pick<Component, 'ecosystem' | 'name'>): string {
  return `${ecosystem}:${name}`;
}

function keyOf({ ecosystem, name, version, commit }: Component): string {
  return `${nameOf({ ecosystem, name })}@${version ?? commit ?? ''}`;
}

function componentOf(key: string, first: Component, others: readonly Component[]): BomComponent {
  const [group, name] = partsOf(first);
  const scope = SCOPES[first.scope];
  const purl = packageUrl(first);
  const component = new BomComponent(ComponentType.Library, name, {
    bomRef: purl ?? key,
    ...(group !== '' && { group }),
    ...((first.version ?? first.commit) !== undefined && { version: first.version ?? first.commit ?? '' }),
    ...(purl !== undefined && { purl }),
    ...(scope !== undefined && { scope }),
  });
  for (const { at } of [first, ...others].slice(0, SHOWN_PLACES))
    component.properties.add(new Property('gonogo:locked-at', placeText(at)));
  if (first.licence !== undefined) component.licenses.add(licenceOf(first.licence));
  return component;
}

/** An SPDX id, an SPDX expression, or whatever the author wrote. */
function licenceOf(written: string): SpdxLicense | LicenseExpression | NamedLicense {
  try {
    const parsed = parse(written);
    const isPlain = 'license' in parsed && parsed.plus === undefined && parsed.exception === undefined;
    return isPlain ? new SpdxLicense(written) : new LicenseExpression(written);
  } catch {
    return new NamedLicense(written.slice(0, 200));
  }
}
