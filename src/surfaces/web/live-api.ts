/** What the server tells an open page by itself, as schemas. */
import * as z from 'zod';

export const ChangeShape = z.object({
  mentions: z
    .array(z.string())
    .describe('Ids that changed. Empty: look again at everything that is shown, sources too.'),
  sources: z.boolean(),
});
export type ChangeEvent = z.output<typeof ChangeShape>;

export const PresenceShape = z.object({
  people: z.array(z.object({ name: z.string(), mentionId: z.string().nullable() })),
});
export type PresenceEvent = z.output<typeof PresenceShape>;
export const PresenceBody = z.object({ mentionId: z.string().min(1).max(40).nullable() });
