import { type Command, InvalidArgumentError } from 'commander';
import { EXIT, green, plain, red, say, sayJson } from './output.ts';
import { personFrom, withParts } from './with-parts.ts';

interface On {
  under: string;
  every: number;
  within: number;
  option: Record<string, string>;
  as?: string;
}

/** Marked posts of a test account: whether a source still hears. */
export function addCanary(program: Command): void {
  const canary = program
    .command('canary')
    .description('marked posts of a test account that a source must hear again, or it is shown as deaf');
  canary
    .command('list', { isDefault: true })
    .description('how the last one of each source fared')
    .option('--json', 'one JSON object a source')
    .action((options: { json?: boolean }) =>
      withParts(async ({ canaries, workspace }) => {
        const states = await canaries.states();
        if (states.some(({ verdict }) => verdict === 'deaf')) process.exitCode = EXIT.failed;
        if (options.json) return void states.forEach(sayJson);
        const on = workspace.current().canaries;
        if (on.length === 0) say('No source has a canary. earshot canary on --help says how it gets one.');
        for (const { source, everyMinutes, by } of on) {
          const state = states.find((one) => one.source === source);
          const mark = state?.verdict === 'deaf' || state?.verdict === 'unsent' ? red('✗') : green('✓');
          const stands = state ? `${state.verdict}, posted ${new Date(state.sentAt).toISOString()}` : 'not posted yet';
          const why = state?.problem === undefined ? '' : `: ${state.problem}`;
          say(plain(`${mark} ${source}: ${stands}${why} (every ${everyMinutes} minutes, switched on by ${by})`));
        }
      }),
    );
  canary
    .command('on')
    .description(
      'switch it on: this is posted without a look at each, by the test account, and only in that conversation',
    )
    .argument('<source>', 'the source that must hear it')
    .requiredOption(
      '--under <mention>',
      'a mention of that source in a quiet place: its conversation takes the canaries',
    )
    .option('--every <minutes>', 'so often one is posted', minutes(5, 10_080), 60)
    .option('--within <minutes>', 'in this time it must be heard', minutes(1, 1_440), 15)
    .option('--option <name=value>', 'an option of the source that is another for the test account', collect, {})
    .option('--as <name>', 'the name the change is recorded under')
    .action((source: string, options: On) =>
      withParts(async ({ canaries }) => {
        const { under, every, within, option } = options;
        const asked = { source, under, everyMinutes: every, withinMinutes: within, options: option };
        await canaries.switchOn(asked, personFrom(options));
        say(
          green(
            `On. The first one goes out within seconds, while Earshot runs; it must be heard in ${within} minutes.`,
          ),
        );
      }),
    );
  canary
    .command('off')
    .description('switch it off')
    .argument('<source>', 'the source')
    .option('--as <name>', 'the name the change is recorded under')
    .action((source: string, options: { as?: string }) =>
      withParts(async ({ canaries }) => {
        await canaries.switchOff(source, personFrom(options));
        say(green('Off.'));
      }),
    );
}

function minutes(least: number, most: number) {
  return (text: string): number => {
    const number = Number(text);
    if (Number.isInteger(number) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`Minutes are a whole number from ${least} to ${most}.`);
  };
}

function collect(text: string, before: Record<string, string>): Record<string, string> {
  const [name = '', ...value] = text.split('=');
  if (name === '' || value.length === 0) throw new InvalidArgumentError('Write it as name=value.');
  return { ...before, [name]: value.join('=') };
}
