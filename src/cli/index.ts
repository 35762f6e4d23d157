import { Command, CommanderError } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { fail } from './fail.ts';
import { EXIT } from './output.ts';

/** In the order that the help shows. Each is loaded when it is called: a command starts without what only others need. */
const COMMANDS: Record<string, () => Promise<(program: Command) => void>> = {
  start: async () => (await import('./start.ts')).addStart,
  pull: async () => (await import('./pull.ts')).addPull,
  import: async () => (await import('./import.ts')).addImport,
  classify: async () => (await import('./classify.ts')).addClassify,
  queue: async () => (await import('./queue.ts')).addQueue,
  show: async () => (await import('./show.ts')).addShow,
  approve: async () => (await import('./approve.ts')).addApprove,
  edit: async () => (await import('./edit.ts')).addEdit,
  dismiss: async () => (await import('./dismiss.ts')).addDismiss,
  note: async () => (await import('./note.ts')).addNote,
  label: async () => (await import('./label.ts')).addLabel,
  notice: async () => (await import('./notice.ts')).addNotice,
  evidence: async () => (await import('./evidence.ts')).addEvidence,
  incident: async () => (await import('./incident.ts')).addIncident,
  faq: async () => (await import('./faq.ts')).addFaq,
  scam: async () => (await import('./scam.ts')).addScam,
  knowledge: async () => (await import('./knowledge.ts')).addKnowledge,
  train: async () => (await import('./train.ts')).addTrain,
  evaluate: async () => (await import('./evaluate.ts')).addEvaluate,
  promote: async () => (await import('./promote.ts')).addPromote,
  rollback: async () => (await import('./rollback.ts')).addRollback,
  replay: async () => (await import('./replay.ts')).addReplay,
  canary: async () => (await import('./canary.ts')).addCanary,
  report: async () => (await import('./report.ts')).addReport,
  doctor: async () => (await import('./doctor.ts')).addDoctor,
  describe: async () => (await import('./describe.ts')).addDescribe,
  workspace: async () => (await import('./workspace.ts')).addWorkspace,
  'migrate-store': async () => (await import('./migrate-store.ts')).addMigrateStore,
  backup: async () => (await import('./backup.ts')).addBackup,
  restored: async () => (await import('./restored.ts')).addRestored,
  erase: async () => (await import('./erase.ts')).addErase,
  export: async () => (await import('./export.ts')).addExport,
  audit: async () => (await import('./audit.ts')).addAudit,
};

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

const asked = process.argv[2] ?? '';
// `help`, options before the command and misspelled names are answered from the whole list.
for (const name of Object.hasOwn(COMMANDS, asked) ? [asked] : Object.keys(COMMANDS)) {
  (await COMMANDS[name]?.())?.(program);
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
