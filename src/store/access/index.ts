import type { AccessStore } from '../../core/access.ts';
import type { Engine } from '../engine.ts';
import { keysOver } from './keys.ts';
import { peopleOver } from './people.ts';
import { sessionsOver } from './sessions.ts';

/** Who may come in, over any engine. What each function promises stands in `core/access.ts`. */
export function accessOver(engine: Engine): AccessStore {
  const watch: AccessStore['watch'] = (onChange) => engine.watchAccess(onChange);
  return { ...peopleOver(engine), ...sessionsOver(engine), ...keysOver(engine), watch };
}
