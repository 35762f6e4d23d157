import { validateDetailed } from 'node-cron';

/** What is wrong with a cron expression, in a sentence, or undefined when it can be used. */
export function faultOfCron(expression: string): string | undefined {
  const { valid, errors } = validateDetailed(expression);
  if (valid) return undefined;
  return `"${expression}" is no schedule: ${errors.map(({ message }) => message).join('; ')}.`;
}

/** The same over all schedules of the settings, for the check of the workspace. */
export function checkSchedules(settings: {
  schedules: { pull: string };
  sources: readonly { schedule?: string }[];
}): { path: (string | number)[]; message: string }[] {
  const written = [
    { path: ['schedules', 'pull'], cron: settings.schedules.pull },
    ...settings.sources.flatMap(({ schedule }, at) =>
      schedule === undefined ? [] : [{ path: ['sources', at, 'schedule'], cron: schedule }],
    ),
  ];
  return written.flatMap(({ path, cron }) => {
    const message = faultOfCron(cron);
    return message === undefined ? [] : [{ path, message }];
  });
}
