import { stripVTControlCharacters, styleText } from 'node:util';
import cliProgress from 'cli-progress';
import stringWidth from 'string-width';

/** What a command's end means to a script. Shown by `earshot help`. */
export const EXIT = {
  ok: 0,
  /** Something that should work did not: a broken file, a source that cannot be reached. */
  failed: 1,
  /** The command was called wrongly. */
  usage: 2,
  /** Earshot's own rules said no: a stale decision, a failed check, an unknown mention. */
  refused: 3,
  /** Done, but not all of it: the output says what is missing. */
  partly: 4,
} as const;

/** Text from the internet, made harmless for a terminal: no escape sequences, no control or bidi override characters. */
export function plain(text: string): string {
  return (
    stripVTControlCharacters(text.toWellFormed())
      .replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach the terminal
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, ' ')
  );
}

export function oneLine(text: string, width: number): string {
  const line = plain(text).replace(/\s+/g, ' ').trim();
  if (stringWidth(line) <= width) return line;
  let cut = '';
  for (const { segment } of new Intl.Segmenter().segment(line)) {
    if (stringWidth(cut + segment) > width - 1) break;
    cut += segment;
  }
  return `${cut}…`;
}

export function say(line = ''): void {
  process.stdout.write(`${line}\n`);
}

export function sayJson(value: unknown): void {
  say(jsonLine(value));
}

/** One line of JSON that is as harmless for a terminal as `plain`: what it would obey is written as an escape, and stays. */
export function jsonLine(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

export const bold = (text: string) => styleText('bold', text);
export const dim = (text: string) => styleText('dim', text);
export const red = (text: string) => styleText('red', text);
export const amber = (text: string) => styleText('yellow', text);
export const green = (text: string) => styleText('green', text);

/** Columns set by display width, so that Chinese and English line up. The last column is not padded. */
export function table(head: string[], rows: string[][]): string {
  const widths = head.map((title, at) =>
    Math.max(...[title, ...rows.map((row) => row[at] ?? '')].map((cell) => stringWidth(cell))),
  );
  const line = (cells: string[]) =>
    cells
      .map((cell, at) =>
        at === cells.length - 1 ? cell : cell + ' '.repeat(Math.max(0, (widths[at] ?? 0) - stringWidth(cell))),
      )
      .join('  ')
      .trimEnd();
  return [dim(line(head)), ...rows.map(line)].join('\n');
}

/** A bar on standard error, only where a person is watching, and only once it has taken a second. */
export function progressBar(label: string): { at(done: number, total: number): void; stop(): void } {
  const bar = new cliProgress.SingleBar(
    {
      format: `${label} {bar} {percentage}%  {eta_formatted} left`,
      clearOnComplete: true,
      hideCursor: true,
      stream: process.stderr,
      noTTYOutput: false,
    },
    cliProgress.Presets.shades_classic,
  );
  const since = Date.now();
  let running = false;
  return {
    at(done, total) {
      if (!process.stderr.isTTY || total <= 0) return;
      if (running) bar.update(done);
      else if (Date.now() - since > 1000) {
        bar.start(total, done);
        running = true;
      }
    },
    stop() {
      if (running) bar.stop();
    },
  };
}
