import helmet from '@fastify/helmet';
import type { App, Served } from './app.ts';

/** What the page may load and do: its own files and nothing else, framed by nobody. */
export async function addHeaders(app: App, { publicOrigin }: Served): Promise<void> {
  const https = publicOrigin?.startsWith('https:') ?? false;
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        objectSrc: ["'none'"],
      },
    },
    strictTransportSecurity: https ? { maxAge: 15_552_000 } : false,
    // Not `no-referrer`: a form of our own page would then call its origin "null", and be refused.
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
  });
}
