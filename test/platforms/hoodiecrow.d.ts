/** The part of hoodiecrow-imap that we use. It brings no types. */
declare module 'hoodiecrow-imap' {
  import type { Server } from 'node:net';

  export interface StoredMessage {
    uid: number;
    /** One character for each byte. */
    raw: string;
    flags: string[];
    internaldate: string;
  }

  export interface StoredFolder {
    uidvalidity: number;
    uidnext: number;
    messages: StoredMessage[];
    path: string;
  }

  export interface ImapServer {
    server: Server;
    users: Record<string, { password: string; xoauth2?: { accessToken: string } }>;
    listen(port: number, host: string, ready: () => void): void;
    close(done: () => void): void;
    getMailbox(path: string): StoredFolder | undefined;
    appendMessage(path: string, flags: string[], at: Date, raw: string): { message: StoredMessage };
    notify(command: object, folder: StoredFolder): void;
    fetchHandlers: FetchHandlers;
  }

  export interface FetchQuery {
    /** Of `BODY[]<0.100>`: 0 and 100. */
    partial?: number[];
    whole?: number[];
  }
  export type FetchHandlers = Record<
    string,
    (connection: unknown, message: StoredMessage, query: FetchQuery) => unknown
  >;

  export default function hoodiecrow(options: object): ImapServer;
}

declare module 'hoodiecrow-imap/lib/commands/handlers/fetch.js' {
  import type { FetchHandlers } from 'hoodiecrow-imap';

  const handlers: FetchHandlers;
  export default handlers;
}
