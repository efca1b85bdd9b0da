/** What ends by itself: certificates that expire and volumes that fill up, from objects. Reads; judges nothing. */
import type { Place } from '../../model.ts';
import { list, record, word } from '../plain-value.ts';
import type { YamlPath } from '../yaml/yaml.ts';
import { given } from './container-of.ts';
import type { ManifestObject } from './manifest-object.ts';
import { isPlaceholder, valueAt } from './object-value.ts';

/** One of them. */
export interface Finite {
  /** `certificate`: one that cert-manager keeps. `volume`: a claim for storage. */
  readonly type: 'certificate' | 'volume';
  /** The object's kind. */
  readonly kind: string;
  /** As monitoring calls it; for the volumes of a set up to the number at the end. */
  readonly name: string;
  readonly namespace?: string;
  readonly environment?: string;
  readonly aside?: { readonly because: string };
  readonly when?: string;
  readonly at: Place;
}

const ISSUED = /^(cert-manager\.io\/(cluster-)?issuer|kubernetes\.io\/tls-acme)$/;

/** Certificates and volumes among the objects; what has no name of its own is left out. */
export function finiteOf(objects: readonly ManifestObject[]): readonly Finite[] {
  return objects.flatMap((object) => {
    if (object.kind === 'Certificate' && object.apiVersion.startsWith('cert-manager.io/'))
      return one(object, 'certificate', object.name, ['metadata', 'name']);
    if (object.kind === 'PersistentVolumeClaim') return one(object, 'volume', object.name, ['metadata', 'name']);
    if (object.kind === 'StatefulSet') return volumesOf(object);
    return object.kind === 'Ingress' ? issuedFor(object) : [];
  });
}

function volumesOf(object: ManifestObject): readonly Finite[] {
  const path = ['spec', 'volumeClaimTemplates'];
  return list(valueAt(object, path)).flatMap((template, index) => {
    const name = word(record(record(template).metadata).name);
    return name === undefined ? [] : one(object, 'volume', `${name}-${object.name}`, [...path, index]);
  });
}

/** cert-manager issues a certificate for each secret that an annotated Ingress names. */
function issuedFor(object: ManifestObject): readonly Finite[] {
  const annotations = record(valueAt(object, ['metadata', 'annotations']));
  if (!Object.keys(annotations).some((key) => ISSUED.test(key))) return [];
  return list(valueAt(object, ['spec', 'tls'])).flatMap((tls, index) => {
    const name = word(record(tls).secretName);
    return name === undefined ? [] : one(object, 'certificate', name, ['spec', 'tls', index]);
  });
}

function one(object: ManifestObject, type: Finite['type'], name: string, path: YamlPath): readonly Finite[] {
  const { kind, namespace, environment, aside, when } = object;
  if (isPlaceholder(name)) return [];
  return [{ type, kind, name, at: object.at(path), ...given({ namespace, environment, aside, when }) }];
}
