import { StringDecoder } from 'node:string_decoder';

/**
 * Lines as JSON Lines has them: they end at a line feed and nowhere else. `node:readline` also breaks at U+2028 and
 * U+2029, which may stand inside a JSON string. A byte order mark at the start is no part of the first line.
 */
export async function* readLines(input: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  const pieces: string[] = [];
  let first = true;
  const whole = (end: string) => {
    const line = pieces.splice(0).join('') + end;
    const bare = first ? line.replace(/^\uFEFF/, '') : line;
    first = false;
    return bare.endsWith('\r') ? bare.slice(0, -1) : bare;
  };
  for await (const chunk of input) {
    const [begun = '', ...more] = decoder.write(chunk).split('\n');
    pieces.push(begun);
    for (const next of more) {
      yield whole('');
      pieces.push(next);
    }
  }
  pieces.push(decoder.end());
  if (pieces.some((piece) => piece !== '')) yield whole('');
}
