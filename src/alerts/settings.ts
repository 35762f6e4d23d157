import type { WorkingHours } from './working-hours.ts';

/** Where alerts go. */
export type Target =
  | { id: string; kind: 'webhook'; url: string; secret: string }
  | { id: string; kind: 'email'; to: readonly string[] }
  | { id: string; kind: 'discord'; channelId: string };

/** What happens in a lane. Minutes are working minutes for the time to answer, and minutes of the clock for the rest. */
export interface LaneRules {
  targets: readonly string[];
  /** Told when nobody of `targets` acknowledged in time. */
  escalateTo: readonly string[];
  /** Working minutes until somebody should have answered. */
  answerWithinMinutes: number;
  /** Before the time to answer is over. */
  remindBeforeMinutes: readonly number[];
  /** After it was over. */
  remindAfterMinutes: readonly number[];
  acknowledgeWithinMinutes: number;
}

export interface AlertSettings {
  targets: readonly Target[];
  lanes: Readonly<Record<string, LaneRules>>;
  /** Who hears of a new incident. */
  incidents: readonly string[];
  /** Who gets the numbers of the last week, and when. 1 is Monday. */
  digest: { to: readonly string[]; weekday: number; at: string; timeZone: string };
  workingHours: WorkingHours | undefined;
  language: 'en' | 'zh-Hans' | 'zh-Hant';
  /** Where the inbox is reached from outside: the base of links. */
  origin: string;
}
