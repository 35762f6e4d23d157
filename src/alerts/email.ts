import type { Socket } from 'node:net';
import nodemailer from 'nodemailer';
import type { AlertMessage } from './message.ts';

export interface Smtp {
  host: string;
  port: number;
  /** TLS from the start; otherwise it is asked for by STARTTLS, and refused without it unless the server is local. */
  secure: boolean;
  from: string;
  user?: string;
  password?: string;
}

const TIMEOUT_MS = 20_000;

/** No name that only begins like one: what goes there is not encrypted. */
const THIS_MACHINE = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/;

/**
 * @param connect opens a connection to the server, and gives up when the signal is aborted that it gets
 * @param signal breaks the connection off
 * @throws Error in a sentence when the server does not take it.
 */
export async function sendMail(
  smtp: Smtp,
  to: readonly string[],
  message: AlertMessage,
  { connect, signal }: { connect(signal: AbortSignal): Promise<Socket>; signal: AbortSignal },
): Promise<void> {
  signal.throwIfAborted();
  const local = THIS_MACHINE.test(smtp.host);
  // Our own: nodemailer looks names up by itself, and has no way to end a connection that hangs.
  const socket = await connect(AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]));
  const breakOff = () => void socket.destroy();
  signal.addEventListener('abort', breakOff, { once: true });
  const transport = nodemailer.createTransport({
    connection: socket,
    host: smtp.host,
    port: smtp.port,
    secure: smtp.secure,
    requireTLS: !smtp.secure && !local,
    ignoreTLS: !smtp.secure && local,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    ...(smtp.user && { auth: { user: smtp.user, pass: smtp.password ?? '' } }),
  });
  try {
    await transport.sendMail({
      from: smtp.from,
      to: [...to],
      subject: `[Earshot] ${message.title}`,
      text: message.body,
      // The same on every try: mail programs and receivers tell a repeated one by it.
      messageId: `<${message.id}@earshot.invalid>`,
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Earshot-Alert': message.id },
    });
  } finally {
    signal.removeEventListener('abort', breakOff);
    transport.close();
  }
}
