import type { App } from './app.ts';

/** Where to listen, and the variable that says which port. */
interface Place {
  host: string;
  port: number;
  variable: string;
}

/** @throws Error in a sentence when the port is taken, or the address is none of this machine. */
export async function listen(app: App, { host, port, variable }: Place): Promise<string> {
  try {
    return await app.listen({ host, port, listenTextResolver: () => 'the inbox listens' });
  } catch (error) {
    const why = WHY_NOT[(error as NodeJS.ErrnoException).code ?? ''];
    if (!why) throw error;
    throw new Error(why({ host, port, variable }), { cause: error });
  }
}

const noAddress = ({ host }: Place) =>
  `This machine has no address "${host}". Set EARSHOT_HOST to one that it has, such as 127.0.0.1.`;

/** Why nothing can listen there, and what to do. */
const WHY_NOT: Record<string, (place: Place) => string> = {
  EADDRINUSE: ({ port, variable }) => `Port ${port} is taken. Stop what uses it, or choose another with ${variable}.`,
  EACCES: ({ port, variable }) => `Port ${port} is not for everybody. Choose one above 1023 with ${variable}.`,
  EADDRNOTAVAIL: noAddress,
  ENOTFOUND: noAddress,
};
