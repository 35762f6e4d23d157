import * as z from 'zod';
import { KEPT_NAME } from '../../../../core/attachments.ts';
import { Refused } from '../../../../core/failures.ts';
import type { App, Served } from '../app.ts';
import { caseOf } from '../detail.ts';

const Params = z.object({ id: z.string().min(4).max(40), file: z.string().regex(KEPT_NAME) });
const Query = z.object({ save: z.literal('1').exactOptional() });

/**
 * A picture that somebody sent. It was made anew from its pixels when it came, and still nothing here trusts it: the browser
 * is told its type and not to guess another, and what is opened by itself may do nothing.
 */
export function addAttachments(app: App, { store, attachments }: Served): void {
  app.route({
    method: 'GET',
    url: '/mentions/:id/attachments/:file',
    schema: {
      summary: 'A picture that came with a mention, as we keep it',
      tags: ['mentions'],
      params: Params,
      querystring: Query,
    },
    handler: async (request, answer) => {
      const { id, file } = request.params;
      const { mention } = await caseOf({ store }, id);
      const listed = mention.attachments.some((one) => one.file === file);
      const kept = listed ? await attachments.read(mention.id, file) : undefined;
      if (!kept) throw new Refused('unknown-attachment', listed ? NOT_HERE : 'This mention has no such picture.');
      return answer
        .type(kept.type)
        .header('x-content-type-options', 'nosniff')
        .header('content-security-policy', "default-src 'none'; sandbox; frame-ancestors 'none'")
        .header(
          'content-disposition',
          `${request.query.save ? 'attachment' : 'inline'}; filename="${mention.id}-${file}"`,
        )
        .header('cache-control', 'private, no-store')
        .send(Buffer.from(kept.bytes));
    },
  });
}

const NOT_HERE =
  'This picture is not on this machine. Where Earshot runs on several, set EARSHOT_ATTACHMENTS to a folder that all of them share.';
