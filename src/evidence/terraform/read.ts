/** Reads Terraform files into resources with values and places. Parses only folders in which something of interest stands; one reading serves every collector of a service. */

import type { Place, Unread } from '../../model.ts';
import type { SourceFile, Sources } from '../collector.ts';
import { onceFor } from '../once.ts';
import { isDocumentation, placeIn } from '../sources.ts';
import { hasMarks, withoutMarks } from '../yaml/template-marks.ts';
import type { Attribute, Block, ModuleCall, Nested, Value } from './block.ts';
import { folderOf, type Module, modulesOf, type Parsed } from './modules.ts';
import { loadTerraformParser, type ParseTerraform } from './parser.ts';
import { callsModuleOfInterest, givesValues, type Header, headersIn, isOfInterest } from './resource-types.ts';
import type { Expression, SyntaxAttribute, SyntaxBlock } from './syntax.ts';
import { compute, type Scope } from './values.ts';

/** What the files hold. */
export interface TerraformReading {
  readonly blocks: readonly Block[];
  readonly modules: readonly ModuleCall[];
  readonly unread: readonly Unread[];
  /** Files with resources of interest. */
  readonly files: number;
}

/** Longest file that is parsed, in UTF-16 units. */
const LONGEST = 1024 * 1024;
const TERRAFORM = /\.(tf|tofu)$/i;

/** The service's own Terraform. */
export function readTerraform(sources: Sources): Promise<TerraformReading> {
  return onceFor(readTerraform, sources, (its) => {
    const own = its.files.filter((it) => it.class === 'source' && !isDocumentation(it.path));
    return terraformIn(own, its);
  });
}

/** Terraform in files that may be of another repository; others of them are ignored. */
export async function terraformIn(files: readonly SourceFile[], sources: Sources): Promise<TerraformReading> {
  const unread: Unread[] = [];
  const texts = files.flatMap((file) => {
    const text = TERRAFORM.test(file.path) ? sources.text(file, []) : undefined;
    return text === undefined ? [] : [{ file, text, headers: headersIn(text) }];
  });
  const wanted = texts.filter(({ headers, text }) => headers.length > 0 || callsModuleOfInterest(text));
  if (wanted.length === 0) return { blocks: [], modules: [], unread, files: 0 };
  const parse = await parserOr(wanted, unread);
  if (!parse) return { blocks: [], modules: [], unread, files: wanted.length };
  const parsed = texts.flatMap(({ file, text, headers }) =>
    headers.length > 0 || givesValues(text) ? parsedBy(parse, file, text, headers, unread) : [],
  );
  const values = files.flatMap((file) => {
    const text = /\.tfvars$/i.test(file.path) ? sources.text(file, []) : undefined;
    return text === undefined ? [] : parsedBy(parse, file, text, [], []);
  });
  const modules = modulesOf(parsed, values);
  return {
    blocks: modules.flatMap(blocksOf),
    modules: modules.flatMap(callsOf),
    unread,
    files: wanted.length,
  };
}

interface Text {
  readonly file: SourceFile;
  readonly headers: readonly Header[];
}

async function parserOr(wanted: readonly Text[], unread: Unread[]): Promise<ParseTerraform | undefined> {
  try {
    return await loadTerraformParser();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    for (const { file, headers } of wanted) {
      for (const header of headers.slice(0, 50))
        unread.push(unreadBlock(file, header, `the parser did not load: ${why}`));
    }
    return undefined;
  }
}

function unreadBlock(file: SourceFile, { type, name, line }: Header, why: string): Unread {
  const at = placeIn(file, line);
  return { at, reason: 'invalid-syntax', detail: `the Terraform resource ${type} "${name}" is not read: ${why}` };
}

function parsedBy(
  parse: ParseTerraform,
  file: SourceFile,
  text: string,
  headers: readonly Header[],
  unread: Unread[],
): readonly Parsed[] {
  if (text.length > LONGEST) {
    unread.push({ at: placeIn(file), reason: 'too-large', detail: `longer than ${LONGEST} characters` });
    return [];
  }
  const syntax = parse(text, isWanted);
  if (syntax.broken.length > 0) {
    const sound = new Set(syntax.blocks.filter(({ broken }) => !broken).map(({ labels }) => labels.join('.')));
    const lost = headers.filter(({ type, name }) => !sound.has(`${type}.${name}`));
    for (const header of lost.slice(0, 50)) {
      unread.push(unreadBlock(file, header, `line ${syntax.broken[0]} does not follow the syntax`));
    }
  }
  return [{ file, syntax }];
}

/** Blocks that give values, and resources of interest. */
function isWanted(type: string, label: string): boolean {
  return !isBlock(type) || isOfInterest(label);
}

function callsOf({ files, scope }: Module): readonly ModuleCall[] {
  return files.flatMap(({ file, syntax }) =>
    syntax.blocks
      .filter(({ type, labels }) => type === 'module' && labels.length === 1)
      .map((block) => ({
        name: block.labels[0] ?? '',
        source: sourceOf(block, scope),
        folder: folderOf(file.path),
        attributes: attributesOf(block.attributes, scope, (spot) => placeIn(file, spot.line, spot.column)),
        blocks: [],
        at: placeIn(file, block.line, block.column),
      })),
  );
}

function sourceOf({ attributes }: SyntaxBlock, scope: Scope): string {
  const written = attributes.find(({ name }) => name === 'source')?.value;
  const value = written ? compute(written, scope).value : '';
  return typeof value === 'string' ? withoutMarks(value) : '';
}

function blocksOf({ files, scope }: Module): readonly Block[] {
  return files.flatMap(({ file, syntax }) => {
    const at = ({ line, column }: { readonly line: number; readonly column: number }): Place =>
      placeIn(file, line, column);
    return syntax.blocks
      .filter(
        ({ type, labels, broken }) => isBlock(type) && labels.length === 2 && !broken && isOfInterest(labels[0] ?? ''),
      )
      .map((block): Block => {
        const contents = { attributes: attributesOf(block.attributes, scope, at), blocks: nestedOf(block, scope, at) };
        const kind = block.type === 'data' ? 'data' : 'resource';
        const [type = '', name = ''] = block.labels;
        return { kind, type, name, folder: folderOf(file.path), ...contents, ...presence(block, scope), at: at(block) };
      });
  });
}

function isBlock(type: string): boolean {
  return type === 'resource' || type === 'data';
}

type Locate = (spot: { readonly line: number; readonly column: number }) => Place;

function attributesOf(
  attributes: readonly SyntaxAttribute[],
  scope: Scope,
  at: Locate,
): Readonly<Record<string, Attribute>> {
  return Object.fromEntries(attributes.map((it) => [it.name, { ...compute(it.value, scope), at: at(it) }]));
}

function nestedOf(block: SyntaxBlock, scope: Scope, at: Locate): readonly Nested[] {
  return block.blocks.map((it) => {
    const content = it.type === 'dynamic' ? it.blocks.find(({ type }) => type === 'content') : undefined;
    const from = content ?? it;
    return {
      type: it.type === 'dynamic' ? (it.labels[0] ?? '') : it.type,
      dynamic: it.type === 'dynamic',
      attributes: attributesOf(from.attributes, scope, at),
      blocks: nestedOf(from, scope, at),
      at: at(it),
    };
  });
}

/** Whether it is there at all: `count` and `for_each` decide. */
function presence({ attributes }: SyntaxBlock, scope: Scope): Pick<Block, 'absent' | 'when'> {
  const found = attributes.find(({ name }) => name === 'count' || name === 'for_each');
  if (!found) return {};
  const { value, via } = compute(found.value, scope);
  const said = `${found.name} = ${oneLine(found.value)}`;
  if (isNone(value)) return via === 'default' ? { when: said } : { absent: said };
  if (typeof value === 'string' && hasMarks(value)) return mayBeNone(found) ? { when: said } : {};
  return {};
}

function oneLine({ source }: Expression): string {
  return source.replace(/\s+/g, ' ').slice(0, 120);
}

function isNone(value: Value): boolean {
  return (
    value === 0 || value === '0' || (typeof value === 'object' && value !== null && Object.keys(value).length === 0)
  );
}

/** A choice, or a number from elsewhere, may come to none; a set to go through seldom does. */
function mayBeNone({ name, value }: SyntaxAttribute): boolean {
  return value.source.includes('?') || (name === 'count' && value.form === 'reference');
}
