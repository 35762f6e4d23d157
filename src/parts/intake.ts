import { type IntakeDesk, openIntake } from '../intake/index.ts';
import { hearCalls } from '../stages/collect/index.ts';
import type { Parts } from './parts.ts';

/** The door for whoever calls us: sources of the workspace, heard through collect. */
export function openIntakeDesk(parts: Parts, stopping: AbortSignal): IntakeDesk {
  const { opened, collector, clock, log } = parts;
  return openIntake({
    clock,
    log,
    stopping,
    sourceOf: (id) => opened.enabled(id),
    hearingOf: (source, signal) => hearCalls(source, parts, collector, signal),
  });
}
