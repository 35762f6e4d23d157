import type { ServerResponse } from 'node:http';
import { FAULTS, type Fault } from './local-server.ts';

const RANDOM_FAULTS = [429, 500, 'reset', 'silence', '403', 'html', 'half-body'] as const;

export interface Faults {
  /** The share of requests that fail, in every way in turn. */
  rate: number;
  random: () => number;
  /** How often it struck. */
  struck: number;
  /** True when it has answered in the platform's place. */
  strike(response: ServerResponse): boolean;
}

/** Lots that decide whether a request fails. None does until a test sets a rate. */
export function noFaults(): Faults {
  return {
    rate: 0,
    random: Math.random,
    struck: 0,
    strike(response) {
      if (this.rate === 0 || this.random() >= this.rate) return false;
      const fault = RANDOM_FAULTS[this.struck++ % RANDOM_FAULTS.length] ?? 500;
      if (fault === '403') {
        // A block page, as something in front of a forum shows it.
        response.writeHead(403, { 'content-type': 'text/html' }).end('<!doctype html><title>Just a moment…</title>');
      } else FAULTS[fault as Fault](response);
      return true;
    },
  };
}
