import type { ServerResponse } from 'node:http';
import { KINDS, type Kind, noneYet } from './faults-report.ts';
import { FAULTS } from './local-server.ts';

export interface Faults {
  /** The share of requests that fail, in every way in turn. */
  rate: number;
  random: () => number;
  /** How often each struck. */
  struck: Record<Kind, number>;
  /** True when it has answered in the platform's place. */
  strike(response: ServerResponse): boolean;
}

/** Lots that decide whether a request fails. None does until a test sets a rate. */
export function noFaults(): Faults {
  let strikes = 0;
  return {
    rate: 0,
    random: Math.random,
    struck: noneYet(),
    strike(response) {
      if (this.rate === 0 || this.random() >= this.rate) return false;
      const kind = KINDS[strikes++ % KINDS.length] ?? '500';
      this.struck[kind]++;
      answerBadly(kind, response, strikes);
      return true;
    },
  };
}

function answerBadly(kind: Kind, response: ServerResponse, strikes: number): void {
  switch (kind) {
    case '429 with a waiting time':
      FAULTS[429](response);
      return;
    case '429 without':
      response.writeHead(429).end('slow down');
      return;
    case '500':
      FAULTS[500](response);
      return;
    case 'reset':
      FAULTS.reset(response);
      return;
    case 'time-out':
      FAULTS.silence();
      return;
    case 'HTML':
      // A block page, as something in front of a forum shows it; or a page to sign in.
      if (strikes % 2 === 0) FAULTS.html(response);
      else response.writeHead(403, { 'content-type': 'text/html' }).end('<!doctype html><title>Just a moment…</title>');
      return;
    case 'half a body':
      FAULTS['half-body'](response);
  }
}
