import { it } from 'vitest';
import type { EngineUnderTest } from './support.ts';
export function listing(_engine: EngineUnderTest): void {
  it.todo('later');
}
