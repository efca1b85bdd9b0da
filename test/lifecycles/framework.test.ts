/** Which package tells of which framework. */
import { expect, it } from 'vitest';
import { LIFECYCLES } from '../../src/generated/lifecycles.ts';
import { frameworkOf } from '../../src/lifecycles/framework.ts';

it.each([
  ['PyPI', 'django', 'django'],
  ['npm', 'django', undefined],
  ['npm', '@angular/core', 'angular'],
  ['npm', 'angular', 'angularjs'],
  ['Packagist', 'laravel/framework', 'laravel'],
  ['Maven', 'org.springframework.boot:spring-boot-starter-web', 'spring-boot'],
  ['Maven', 'org.springframework.boot.experimental:spring-boot', undefined],
  ['Maven', 'org.springframework.boot:', 'spring-boot'],
  ['Maven', 'org.springframework.boot', undefined],
  ['npm', '__proto__', undefined],
  ['npm', '', undefined],
])('%s %s is %s', (ecosystem, name, product) => {
  expect(frameworkOf(ecosystem, name)).toBe(product);
});

it('knows every framework of the table by a package', () => {
  const frameworks = Object.values(LIFECYCLES).filter(({ kind }) => kind === 'framework');
  expect(frameworks.filter(({ packages = [] }) => packages.length === 0)).toEqual([]);
});
