import { type DestinationStream, type Logger, pino } from 'pino';

export type Log = Logger;

/**
 * The process's log: one JSON object a line on standard error, so that standard output stays free for what a person or a
 * script asked for. Fields that could carry a secret or a customer's words are blanked by name, wherever they stand.
 */
export function openLog(level: string, destination: DestinationStream = pino.destination({ fd: 2, sync: true })): Log {
  const names = ['authorization', 'cookie', 'password', 'secret', 'token', 'key', 'apiKey', 'text'];
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: names.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '•••' },
    },
    destination,
  );
}
