import { resolve } from 'node:path';
import type { Command } from 'commander';
import { coverSeen } from '../core/cover.ts';
import type { Parts } from '../parts/index.ts';
import { type Replay, replay } from '../parts/replay.ts';
import type { MentionChange } from '../parts/replay-difference.ts';
import { comparisonTable } from './comparison.ts';
import { bold, dim, oneLine, progressBar, red, say, sayJson, table } from './output.ts';
import { wholeNumber } from './queue.ts';
import { readFileAsWorkspace } from './read-workspace.ts';
import { withParts } from './with-parts.ts';

/** So many of the mentions that change are shown to a person; --json has them all. */
const SHOWN = 12;

interface Asked {
  days: number;
  limit: number;
  model?: string;
  lexicon?: string;
  templates?: string;
  settings?: string;
  json?: boolean;
}

export function addReplay(program: Command): void {
  program
    .command('replay')
    .description(
      'what a changed model, lexicon, set of templates or settings would have done to the mentions of the last days',
    )
    .option('--days <n>', 'how many days back', wholeNumber, 7)
    .option('--limit <n>', 'at most so many mentions, the last heard', wholeNumber, 5000)
    .option('--model <dir>', 'a model to try (default, when nothing is named: the challenger)')
    .option('--lexicon <dir>', 'lexicon files to try, as in data/lexicon')
    .option('--templates <dir>', 'templates to try, as in templates/')
    .option(
      '--settings <file>',
      'settings to try, keywords and templates among them: a file of "earshot workspace export"',
    )
    .option('--json', 'the whole difference as JSON')
    .addHelpText('after', '\nNothing is stored, and no draft changes.')
    .action((asked: Asked) =>
      withParts(async (parts) => {
        const bar = progressBar('replaying');
        const folder = (dir: string | undefined) => (dir === undefined ? undefined : resolve(dir));
        const outcome = await replay(parts, {
          change: {
            ...{ model: folder(asked.model), lexicon: folder(asked.lexicon), templates: folder(asked.templates) },
            settings: asked.settings === undefined ? undefined : (await readFileAsWorkspace(asked.settings)).document,
          },
          days: asked.days,
          limit: asked.limit,
          onProgress: (done, total) => bar.at(done, total),
        }).finally(() => bar.stop());
        if (asked.json) sayJson(outcome);
        else await sayReplay(outcome, parts);
      }),
    );
}

async function sayReplay({ difference, corrections }: Replay, parts: Parts): Promise<void> {
  const { mentions, retagged, priority, unsure, scam, drafts, types, changed } = difference;
  say(`${bold(String(mentions))} mentions, ${bold(String(changed.length))} of them would change:\n`);
  say(`problem type   ${retagged.n} would have another`);
  const lost = `${priority.noLongerUrgent} no longer urgent`;
  say(
    `priority       ${priority.n} would have another: ${priority.newlyUrgent} newly urgent, ${priority.noLongerUrgent > 0 ? red(lost) : lost}`,
  );
  say(`unsure         ${unsure.gained} newly, ${unsure.lost} no longer`);
  say(`likely scam    ${scam.gained} newly, ${scam.lost} no longer`);
  say(
    `drafts         ${drafts.changed} would read differently, ${drafts.otherTemplate} from another template; ${drafts.gained} gained, ${drafts.lost} lost`,
  );
  if (types.length > 0) {
    const rows = types.map(({ type, gained, lost: gone }) => [type, `+${gained}`, `-${gone}`]);
    say(`\n${table(['PROBLEM TYPE', 'GAINED', 'LOST'], rows)}`);
  }
  if (changed.length > 0) say(`\n${table(['ID', 'CHANGE', 'TEXT'], await shown(changed.slice(0, SHOWN), parts))}`);
  if (changed.length > SHOWN) say(dim(`… and ${changed.length - SHOWN} more: --json`));
  if (corrections.n > 0) {
    say('\nOn what people corrected and labelled, without what a model has learned: as it is, and with the change\n');
    say(comparisonTable(corrections, [], ['NOW', 'CHANGED']));
  } else say(dim('\nNobody has corrected or labelled anything that the models have not learned: no scores.'));
}

function shown(changes: readonly MentionChange[], { store, findPersonal }: Parts): Promise<string[][]> {
  return Promise.all(
    changes.map(async (change) => {
      const found = await store.find(change.id);
      const text = found ? coverSeen(found, findPersonal).mention.text : '';
      return [change.id.slice(0, 8), inWords(change), oneLine(text, 60)];
    }),
  );
}

function inWords({ problemType, priority, template, draft }: MentionChange): string {
  const step = (pair: readonly [string | null, string | null] | undefined) =>
    pair ? [`${pair[0] ?? 'none'} → ${pair[1] ?? 'none'}`] : [];
  const said = [...step(problemType), ...step(priority), ...(problemType ? [] : step(template))];
  return said.join(', ') || (draft ? 'words of the draft' : '');
}
