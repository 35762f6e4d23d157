import * as z from 'zod';
import { PresenceBody, PresenceShape } from '../../api.ts';
import { type App, type Served, whoAsks } from '../app.ts';

/** After a break the page comes back this soon, and looks again at what it shows. */
const RECONNECT_MS = 2000;

export function addEvents(app: App, { live }: Served): void {
  app.route({
    method: 'GET',
    url: '/events',
    sse: 'only',
    schema: {
      summary: 'What changed and who is here, as server-sent events',
      description:
        'Events: `change` {mentions, sources}, `presence` {people}. The stream starts with `ready`; after each one, fetch what is shown again.',
      tags: ['live'],
      response: { 200: { content: { 'text/event-stream': { schema: z.string() } } } },
    },
    handler: async (request, answer) => {
      const { sse } = answer;
      // When the stream ends, so does its connection: an idle one would hold up a server that wants to close.
      answer.header('connection', 'close');
      sse.keepAlive();
      await sse.send({ event: 'ready', data: {}, retry: RECONNECT_MS });
      const leave = live.join(whoAsks(request), {
        send: (event, data) => sse.send({ event, data }),
        end: () => sse.close(),
      });
      sse.onClose(leave);
      if (!sse.isConnected) leave(); // closed while the first event was on its way
    },
  });

  app.route({
    method: 'POST',
    url: '/presence',
    schema: {
      summary: 'Say which mention I have open',
      tags: ['live'],
      body: PresenceBody,
      response: { 200: PresenceShape },
    },
    handler: async (request) => {
      live.lookAt(whoAsks(request), request.body.mentionId);
      return live.presence();
    },
  });
}
