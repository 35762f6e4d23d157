import type { Command } from 'commander';

export function addStart(program: Command): void {
  program
    .command('start')
    .description('start Earshot: listen to the sources, sort, draft, post what was approved, and open the inbox')
    .addHelpText(
      'after',
      `
Environment:
  EARSHOT_PORT    the inbox's port (default 4600; 0 takes a free one)
  EARSHOT_HOST    where it listens (default 127.0.0.1)
  EARSHOT_DATA    where records and settings are kept (default data/live)
  EARSHOT_DATABASE_URL
                  keeps the records in PostgreSQL: postgres://user:password@host:5432/name
  EARSHOT_ORIGIN  the address in people's browsers if a proxy stands before it, such as https://inbox.example.com
  EARSHOT_NAME    the name your decisions are recorded under (default: your account)
  EARSHOT_LOG     debug, info, warn, error or silent (default info)`,
    )
    .action(async () => {
      // Loaded only here: no other command needs a server.
      const { main } = await import('../main.ts');
      await main();
    });
}
