import { Command, CommanderError } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { addApprove } from './approve.ts';
import { addAudit } from './audit.ts';
import { addBackup } from './backup.ts';
import { addClassify } from './classify.ts';
import { addDescribe } from './describe.ts';
import { addDismiss } from './dismiss.ts';
import { addDoctor } from './doctor.ts';
import { addEdit } from './edit.ts';
import { addEvaluate } from './evaluate.ts';
import { addImport } from './import.ts';
import { EXIT, fail } from './output.ts';
import { addPull } from './pull.ts';
import { addQueue } from './queue.ts';
import { addReport } from './report.ts';
import { addShow } from './show.ts';
import { addStart } from './start.ts';
import { addTrain } from './train.ts';

const program = new Command('earshot')
  .description(
    'Hears what people say about your product, sorts it by problem, drafts a reply. You approve it; it is posted once.',
  )
  .version(packageJson.version)
  .showHelpAfterError('(add --help to see how it is used)')
  .configureHelp({ sortSubcommands: false, showGlobalOptions: false })
  .addHelpText(
    'after',
    `
Exit codes: ${EXIT.ok} fine · ${EXIT.failed} something went wrong · ${EXIT.usage} called wrongly · ${EXIT.refused} refused (stale, failed check, unknown mention) · ${EXIT.partly} done in part

First steps:
  $ npm start                      open the inbox, filled with sample mentions
  $ npx earshot queue              the same queue, here
  $ npx earshot show ID            one mention with its draft
  $ npx earshot approve ID         let the draft out, under your name
  $ npx earshot import FILE        sort a file of your own`,
  );

for (const add of [
  addStart,
  addPull,
  addImport,
  addClassify,
  addQueue,
  addShow,
  addApprove,
  addEdit,
  addDismiss,
  addTrain,
  addEvaluate,
  addReport,
  addDoctor,
  addDescribe,
  addBackup,
  addAudit,
]) {
  add(program);
}
for (const command of [program, ...program.commands.flatMap((one) => [one, ...one.commands])]) command.exitOverride();

// A reader that stops early (`earshot queue | head`) is no fault of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.ok);
  throw error;
});

try {
  await program.parseAsync();
} catch (thrown) {
  if (thrown instanceof CommanderError) process.exitCode = thrown.exitCode === 0 ? EXIT.ok : EXIT.usage;
  else fail(thrown);
}
