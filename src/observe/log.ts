import { type DestinationStream, type Logger, pino } from 'pino';

/** The message says what happened, always in the same words; what it happened to stands in the fields. */
export interface Log {
  info(message: string, fields?: object): void;
  warn(message: string, fields?: object): void;
  error(message: string, fields?: object): void;
  /** For the web server, which writes to it by itself. */
  pino: Logger;
}

/**
 * The process's log: one JSON object a line on standard error, so that standard output stays free for what a person or a
 * script asked for. Fields that could carry a secret or a customer's words are blanked by name, wherever they stand.
 */
export function openLog(level: string, destination: DestinationStream = pino.destination({ fd: 2, sync: true })): Log {
  const names = ['authorization', 'cookie', 'password', 'secret', 'token', 'key', 'apiKey', 'text'];
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: names.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '•••' },
    },
    destination,
  );
  return {
    info: (message, fields = {}) => logger.info(fields, message),
    warn: (message, fields = {}) => logger.warn(fields, message),
    error: (message, fields = {}) => logger.error(fields, message),
    pino: logger,
  };
}
