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

/** @throws Error in a sentence when the server does not take it. */
export async function sendMail(smtp: Smtp, to: readonly string[], message: AlertMessage): Promise<void> {
  const local = /^(?:localhost|127\.|::1)/.test(smtp.host);
  const transport = nodemailer.createTransport({
    host: smtp.host,
    port: smtp.port,
    secure: smtp.secure,
    requireTLS: !smtp.secure && !local,
    ignoreTLS: !smtp.secure && local,
    connectionTimeout: TIMEOUT_MS,
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
    transport.close();
  }
}
