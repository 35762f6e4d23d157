import { text as readAll } from 'node:stream/consumers';

/**
 * What somebody types or pipes, without the line breaks at its end. Read as a stream: `readFileSync(0)` on a pipe that is
 * still being written to aborts Node 24.21 now and then.
 *
 * @param what it is, for whoever sits at a terminal: "the reply"
 */
export async function standardInput(what: string): Promise<string> {
  if (process.stdin.isTTY) process.stderr.write(`Type ${what}; end it with Ctrl-D on a line of its own.\n`);
  return (await readAll(process.stdin)).trimEnd();
}
