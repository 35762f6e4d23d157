import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseSync } from 'vite';
import { ROOT } from '../../src/settings.ts';

/** Stands for what differs each time. */
export const FILLED = '7';

/** A text in the code that people may read, whole or as a part of what they read. */
export interface Sentence {
  /** "connectors/feed/client.ts:61" */
  at: string;
  /** With `FILLED` in place of what differs each time. */
  text: string;
}

/**
 * Every English sentence in the code of a folder, as it is written there. Tests, fixtures and words in Chinese are passed over,
 * and files that speak to nobody at the page.
 */
export function sentencesIn(folder: string, silent: readonly string[] = []): Sentence[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.test\.ts$|(?:^|\/)fixtures\/|words\.ts$/.test(file))
    .filter((file) => !silent.includes(file))
    .toSorted()
    .flatMap((file) => sentencesOf(join(ROOT, folder, file)));
}

function sentencesOf(file: string): Sentence[] {
  const code = readFileSync(file, 'utf8');
  const program = parseSync(file, code).program as unknown as Node;
  const found: Sentence[] = [];
  const silent = silentIn(program);
  const look = (node: Node): boolean => {
    if (silent.has(node) || isNotSaid(node)) return false;
    const text = textOf(node);
    if (text === undefined) return true;
    const line = code.slice(0, node.start).split('\n').length;
    if (isEnglish(text)) found.push({ at: `${relative(ROOT, file)}:${line}`, text });
    // What is filled in may hold sentences of its own.
    for (const filled of filledInto(node)) walk(filled, look);
    return false;
  };
  walk(program, look);
  return found;
}

/** As far as it is looked at here. The shape is ESTree's. */
interface Node {
  type: string;
  start: number;
  [part: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

/** Goes through a tree from its root; where `look` says false, what is below is passed over. */
function walk(node: Node, look: (node: Node) => boolean): void {
  if (!look(node)) return;
  for (const part of Object.values(node)) {
    for (const child of Array.isArray(part) ? part : [part]) if (isNode(child)) walk(child, look);
  }
}

/** The text of a literal, a template or several of them put together. */
function textOf(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined;
  if (node.type === 'TemplateLiteral') {
    return (node.quasis as { value: { cooked: string } }[]).map(({ value }) => value.cooked).join(FILLED);
  }
  if (node.type !== 'BinaryExpression' || node.operator !== '+') return undefined;
  const [left, right] = [textOf(node.left), textOf(node.right)];
  return left === undefined && right === undefined ? undefined : (left ?? FILLED) + (right ?? FILLED);
}

/** What differs in a text each time. */
function filledInto(node: Node): Node[] {
  if (node.type === 'TemplateLiteral') return node.expressions as Node[];
  if (node.type !== 'BinaryExpression') return [];
  return [node.left, node.right]
    .filter(isNode)
    .flatMap((side) => (textOf(side) === undefined ? side : filledInto(side)));
}

/** Words that English sentences are held together with, and names of things seldom hold. */
const BETWEEN_WORDS =
  /(?<![\w-])(?:the|an?|of|to|in|for|and|or|nor|not|no|nothing|it|its|this|that|these|those|there|is|are|was|were|be|been|has|had|does|did|can|cannot|may|must|by|at|on|with|without|until|than|our|we|us)(?![\w-]|\.\w)/i;

/**
 * Two words or more that make sense together: no mark-up, no style, no list of names, no other language, and nothing in
 * brackets, which stands for what somebody wrote.
 */
const isEnglish = (text: string) =>
  /\p{L}{2,}.*\s.*\p{L}{2,}/su.test(text) &&
  BETWEEN_WORDS.test(text) &&
  !/\p{Script=Han}|^\s*<|<\/|\{ [\w-]+:|^[\s7]*\[[^\]]*\]$/u.test(text);

const nameOf = (node: unknown): string =>
  isNode(node) ? String((node.property ? nameOf(node.property) : (node.name ?? node.value)) ?? '') : '';

const propertiesOf = (node: Node): Node[] =>
  node.type === 'ObjectExpression' ? (node.properties as Node[]).filter(({ type }) => type === 'Property') : [];

/** What describes options and secrets is read in the settings form, which has words of its own; logs are for machines. */
const DESCRIBING = new Set(['describe', 'meta', 'info', 'warn']);
const DESCRIPTIONS = new Set(['docs', 'rules', 'summary', 'describe', 'label', 'words', 'said', 'reports']);
/** Who we are at a source and what `earshot doctor` notes of it. */
const IDENTITY = new Set(['id', 'note']);

function isNotSaid(node: Node): boolean {
  if (/^(?:Import|TSLiteralType|ExportAll)/.test(node.type)) return true;
  if (node.type === 'CallExpression') return DESCRIBING.has(nameOf(node.callee));
  if (isRefusal(node)) return true;
  if (node.type === 'Property') return DESCRIPTIONS.has(nameOf(node.key)) || IDENTITY.has(nameOf(node.key));
  // A finding that is fine is told on the command line only; what stands in several languages right there needs no other.
  return propertiesOf(node).some(({ key, value }) => {
    if (nameOf(key) === 'ok') return isNode(value) && value.value === true;
    return nameOf(key) === 'en' && speaksChinese(node);
  });
}

const speaksChinese = (node: Node) => propertiesOf(node).some(({ key }) => nameOf(key).startsWith('zh'));

/** For whoever calls us: a program, not somebody at the page. */
const isRefusal = (node: Node) => node.type === 'NewExpression' && nameOf(node.callee) === 'CallRefused';

/** What says nothing at the page since of how it is used: see `isNotSaid`. */
function silentIn(program: Node): Set<Node> {
  const silent = new Set<Node>();
  const declared = declarationsIn(program);
  // The English of what stands in other languages beside it.
  walk(program, (node) => {
    for (const { key, value } of speaksChinese(node) ? propertiesOf(node) : []) {
      if (nameOf(key) === 'en') for (const one of declared.get(nameOf(value)) ?? []) silent.add(one);
    }
    return true;
  });
  // What was put together just before somebody who calls us is refused.
  walk(program, (block) => {
    if (block.type !== 'BlockStatement') return true;
    const used = new Set(refusalsIn(block).flatMap(namesIn));
    for (const name of used) for (const one of declarationsIn(block).get(name) ?? []) silent.add(one);
    return true;
  });
  // Calls of a function that describes options.
  const describing = [...declared].filter(([, all]) => all.some(describes)).map(([name]) => name);
  walk(program, (node) => {
    if (node.type === 'CallExpression' && describing.includes(nameOf(node.callee))) silent.add(node);
    return true;
  });
  return silent;
}

function declarationsIn(node: Node): Map<string, Node[]> {
  const found = new Map<string, Node[]>();
  walk(node, (one) => {
    if (one.type === 'VariableDeclarator') found.set(nameOf(one.id), [...(found.get(nameOf(one.id)) ?? []), one]);
    return true;
  });
  return found;
}

/** The refusals of a block itself, not of the functions in it. */
function refusalsIn(block: Node): Node[] {
  const found: Node[] = [];
  walk(block, (node) => {
    if (isRefusal(node)) found.push(node);
    return node === block || !/Function|BlockStatement/.test(node.type);
  });
  return found;
}

function namesIn(node: Node): string[] {
  const found: string[] = [];
  walk(node, (one) => {
    if (one.type === 'Identifier') found.push(nameOf(one));
    return true;
  });
  return found;
}

function describes({ init }: Node): boolean {
  let found = false;
  if (!isNode(init) || init.type !== 'ArrowFunctionExpression') return false;
  walk(init, (node) => {
    found ||= node.type === 'CallExpression' && nameOf(node.callee) === 'describe';
    return !found;
  });
  return found;
}
