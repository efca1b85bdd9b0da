/** Assesses whether the manifest states something: a value at a path, and which. What it says is a claim and no more. */
import { reach, stepsOf } from '../../evidence/asked-files/value-path.ts';
import { spoken } from '../../manifest/pointer.ts';
import { assessed, declared, defineCheck, missing, unknown } from '../define.ts';
import { text } from '../params.ts';
import { placeholderIn } from '../placeholders.ts';
import { EXPECTATION, expected, faultsOfExpectation, type Given, lackOf } from './expectation.ts';

export const check = defineCheck({
  summary:
    'Looks up a path of the manifest and compares what stands there. It is *declared* at best, for nothing but the manifest is read; another value than the one that is asked for contradicts the rule, and none, or a placeholder, is missing.',
  needs: [],
  params: {
    path: text(
      'Where in the manifest, e.g. `x-cost-centre`, `owner.team`, `/data/stores/0`; `*` stands for every item.',
    ),
    ...EXPECTATION,
  },
  ofClaims: true,
  faults: (params) => [
    ...(params.path === '' ? [{ param: 'path', message: 'no path is named', fix: 'set `path`' }] : []),
    ...faultsOfExpectation(params),
  ],
  assess({ claims, manifest, params, at }) {
    const { found, lacking, isCut } = reach(claims, stepsOf(params.path));
    const name = (pointer: string): string => spoken(pointer, claims);
    const wanted = `${params.path} is ${expected(params)}`;
    const empty = found.filter(({ value }) => value === null || isPlaceholder(value));
    const gaps = [...lacking, ...empty].map(({ pointer }) => ({
      message: `${name(pointer) || 'the manifest'} does not say it`,
      at: at(pointer),
      subject: pointer,
    }));
    const wrong = found
      .filter((it) => !empty.includes(it))
      .flatMap(({ pointer, value }) => {
        const lack = lackOf(given(value), params);
        return lack === undefined ? [] : [{ message: `${name(pointer)} ${lack}`, at: at(pointer), subject: pointer }];
      });
    if (wrong.length > 0)
      return assessed('contradicted', `${manifest.path} says otherwise than that ${wanted}`, {
        problems: [...wrong, ...gaps],
      });
    const [first] = found;
    if (!first || gaps.length > 0) return missing(`${manifest.path} does not say that ${wanted}`, gaps);
    if (isCut) return unknown(`${params.path} leads to more values of ${manifest.path} than are looked at`);
    return declared(`${manifest.path} says that ${wanted}`, at(first.pointer));
  },
});

function isPlaceholder(value: unknown): boolean {
  return typeof value === 'string' && (value.trim() === '' || placeholderIn(value) !== undefined);
}

function given(value: unknown): Given {
  if (Array.isArray(value)) return { holds: 'list', size: value.length };
  if (typeof value === 'object' && value !== null) return { holds: 'map', size: Object.keys(value).length };
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
