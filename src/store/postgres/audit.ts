import { type RawBuilder, sql } from 'kysely';
import type { NewAuditEvent } from '../../core/ports.ts';
import { GENESIS, unbound } from '../audit.ts';

/**
 * Makes the function that adds events to the end of the log: one call, since everybody else who writes waits for the turn
 * from here to the commit. The first row of `migration` stands for that turn; the last event cannot, since the next one
 * comes after it. Each statement of a function sees what was committed before it, so the last event is the last.
 */
export const APPEND = `create function append_to_audit(events json) returns void language plpgsql as $$
declare
  event record;
  number bigint;
  bound text;
begin
  perform 1 from migration where version = 1 for update;
  select seq, hash into number, bound from audit order by seq desc limit 1;
  number := coalesce(number, 0);
  bound := coalesce(bound, '${GENESIS}');
  for event in select * from json_to_recordset(events)
    as e(at bigint, actor text, action text, subject text, detail_json text, head text, tail text)
  loop
    number := number + 1;
    bound := encode(sha256(convert_to(bound || event.head || number || event.tail, 'UTF8')), 'hex');
    insert into audit (seq, at, actor, action, subject, detail_json, hash)
      values (number, event.at, event.actor, event.action, event.subject, event.detail_json, bound);
  end loop;
end $$`;

/** The call, for a select. */
export function appended(events: readonly NewAuditEvent[]): RawBuilder<unknown> {
  return sql`append_to_audit(${JSON.stringify(events.map(unbound))}::json)`;
}
