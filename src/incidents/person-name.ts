import { Refused } from '../core/failures.ts';
import { type Actor, may, type Right } from '../core/rights.ts';

/** @throws Refused `no-name`, `no-right`: a decision is made by a named person who may make it. */
export function personName(by: string | Actor, right: Right): string {
  // A bare name comes from a program that whoever runs Earshot runs themselves, such as the command line.
  const name = (typeof by === 'string' ? by : by.name).trim();
  if (name === '') throw new Refused('no-name', 'A decision needs the name of the person who makes it.');
  if (typeof by !== 'string' && !may(by, right))
    throw new Refused('no-right', `As ${by.role} you may not do this here. Ask an admin of this workspace.`);
  return name;
}
