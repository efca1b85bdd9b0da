/** Grammars and the program that runs them as text, so that the bundles carry them and nothing has to find a file at run time. */
import { readFileSync } from 'node:fs';

/** The module that holds them, base64. */
export function generateGrammars(): Record<string, string> {
  const base64 = (path: string): string => readFileSync(path).toString('base64');
  return {
    'src/generated/terraform-grammar.ts': [
      '// Written by scripts/generate.ts from grammars/terraform and web-tree-sitter. Do not edit.',
      '',
      '/** web-tree-sitter, base64. */',
      `export const RUNTIME = '${base64('node_modules/web-tree-sitter/web-tree-sitter.wasm')}';`,
      '',
      "/** Terraform's grammar, base64. */",
      `export const GRAMMAR = '${base64('grammars/terraform/tree-sitter-terraform.wasm')}';`,
      '',
    ].join('\n'),
  };
}
