import * as z from 'zod';

/** `format` tells a form which control to draw. */
export const TimeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Write a time of day with two digits each, such as "22:00".')
  .meta({ format: 'time-of-day' });

/** 1 is Monday, 7 is Sunday. */
export const Weekday = z.int().min(1).max(7).meta({ format: 'weekday' });

export const TimeZone = z
  .string()
  .refine((name) => {
    try {
      return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
    } catch {
      return false;
    }
  }, 'Write the name of a time zone, such as "Asia/Shanghai".')
  .meta({ format: 'time-zone' });
