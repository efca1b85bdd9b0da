/** Reads manifests that are lists of lines: requirements.txt, go.mod, Gemfile and mix.exs. */
import type { ManifestReading, Named } from './manifest-reading.ts';
import { requirementName } from './toml-manifests.ts';

/** requirements*.txt and *.in; options, links and included files are left out. */
export function readRequirements(text: string, path: string): ManifestReading {
  const scope = /dev|test|lint|docs?[-_.]/i.test(path.split('/').pop() ?? '') ? 'test' : 'run';
  const dependencies = text.split('\n').flatMap((line, index): readonly Named[] => {
    const name = /^\s*[-#]/.test(line) ? undefined : requirementName(line);
    return name === undefined ? [] : [{ name, scope, line: index + 1 }];
  });
  return { ecosystem: 'pypi', dependencies, provides: [], uses: [] };
}

/** go.mod: what is only there because something else needs it is marked `// indirect`. */
export function readGoMod(text: string): ManifestReading {
  const lines = text.split('\n');
  const dependencies = lines.flatMap((line, index): readonly Named[] => {
    const name = /^\s*(?:require\s+)?([\w.-]+\.[\w-]+\/[^\s"]+)\s+v\S+/.exec(line)?.[1];
    const isOther = /^\s*(replace|exclude|retract)\b/.test(line) || /=>|\/\/\s*indirect/.test(line);
    return name === undefined || isOther ? [] : [{ name, scope: 'run', line: index + 1 }];
  });
  const module = /^module\s+(\S+)/m.exec(text)?.[1];
  return { ecosystem: 'go', dependencies, provides: module === undefined ? [] : [module], uses: [] };
}

const OPENS = /\bdo\s*(?:\|[^|]*\|)?\s*$|^\s*(?:if|unless|case|begin)\b/;

/** Gemfile, with its groups. */
export function readGemfile(text: string): ManifestReading {
  const open: boolean[] = [];
  const dependencies = text.split('\n').flatMap((line, index): readonly Named[] => {
    const code = line.replace(/#.*$/, '');
    if (/^\s*end\b/.test(code)) open.pop();
    const forTests = /:(?:test|development)\b|['"](?:test|development)['"]/.test(code) && !/:production/.test(code);
    const name = /^\s*gem[\s(]+['"]([\w.-]+)['"]/.exec(code)?.[1];
    if (name === undefined) {
      if (OPENS.test(code)) open.push(/^\s*group\b/.test(code) && forTests);
      return [];
    }
    const isTest = open.includes(true) || (forTests && /\bgroups?\b/.test(code));
    return [{ name, scope: isTest ? 'test' : 'run', line: index + 1 }];
  });
  return { ecosystem: 'rubygems', dependencies, provides: [], uses: [] };
}

/** mix.exs. */
export function readMix(text: string): ManifestReading {
  const dependencies = text.split('\n').flatMap((line, index): readonly Named[] => {
    const name = /^\s*\{:(\w+)\s*,/.exec(line.replace(/#.*$/, ''))?.[1];
    const isTest = /only:\s*(?::test|:dev|\[(?:\s*:(?:dev|test)\s*,?)+\])/.test(line);
    return name === undefined ? [] : [{ name, scope: isTest ? 'test' : 'run', line: index + 1 }];
  });
  return { ecosystem: 'hex', dependencies, provides: [], uses: [] };
}
