import type { Command } from 'commander';
import { readSettings } from '../settings.ts';

export function addStart(program: Command): void {
  program
    .command('start')
    .description('start Earshot: listen to the sources, sort, draft, post what was approved, and open the inbox')
    .option(
      '--with-local-platforms',
      'try everything with no account: local X, Reddit, Discord and mailbox with invented people, in a data folder of its own',
    )
    .option(
      '--roles <roles>',
      'collect, post, web: what this process does, where several share PostgreSQL (default all)',
    )
    .addHelpText(
      'after',
      `
Environment:
  EARSHOT_PORT    the inbox's port (default 4600; 0 takes a free one)
  EARSHOT_HOST    where it listens (default 127.0.0.1)
  EARSHOT_HEALTH_PORT
                  a port for /healthz, /readyz and /metrics alone, in any role (default none)
  EARSHOT_DATA    where records and settings are kept (default data/live)
  EARSHOT_DATABASE_URL
                  keeps the records in PostgreSQL: postgres://user:password@host:5432/name
  EARSHOT_ROLES   collect,post,web: the same as --roles
  EARSHOT_ORIGIN  the address in people's browsers if a proxy stands before it, such as https://inbox.example.com
  EARSHOT_NAME    the name your decisions are recorded under (default: your account)
  EARSHOT_LOG     debug, info, warn, error or silent (default info)

With --with-local-platforms (npm start -- --with-local-platforms), everything is invented: people post in English and
Chinese on platforms that run on this computer, scammers answer them, top-ups fail for a while, requests fail now and then.
Approved replies arrive there; the page that shows them is printed. EARSHOT_DATA, EARSHOT_DATABASE_URL and the keys of real
accounts are left alone.`,
    )
    .action(async ({ withLocalPlatforms, roles }: { withLocalPlatforms?: true; roles?: string }) => {
      if (roles !== undefined) process.env.EARSHOT_ROLES = roles;
      // Loaded only here: no other command needs a server.
      const { main } = await import('../main.ts');
      if (!withLocalPlatforms) return main();
      const { startLocalPlatforms } = await import('../parts/local-platforms.ts');
      const local = await startLocalPlatforms(readSettings());
      try {
        await main(local.settings, local);
      } finally {
        await local.close();
      }
    });
}
