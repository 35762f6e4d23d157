import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { green, say } from './output.ts';
import { caseOf } from './show.ts';
import { personFrom, withParts } from './with-parts.ts';

export function addEvidence(program: Command): void {
  program
    .command('evidence')
    .argument('<id>', 'the mention: its id, or the first characters of it')
    .description('everything seen and done about one mention, hashed, as one file')
    .option('--out <file>', 'where to write it; without it, standard output')
    .option('--as <name>', 'the name that the export is recorded under')
    .action((id: string, options: { out?: string; as?: string }) =>
      withParts(async ({ store, alerts }) => {
        const { mention } = await caseOf(store, id);
        const pack = await alerts.evidence(mention.id, personFrom(options));
        const text = `${JSON.stringify(pack, null, 2)}\n`;
        if (options.out === undefined) return void process.stdout.write(text);
        // Readable for nobody else: the words stand in it as they were seen.
        await writeFile(options.out, text, { mode: 0o600 });
        say(green(`Written to ${options.out}`));
      }),
    );
}
