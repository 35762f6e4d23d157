import { connectors } from '../../connectors/index.ts';
import { openScamDesk, type ScamDesk } from '../scams/index.ts';
import { HandleGuard } from '../stages/classify/index.ts';
import type { Parts } from './parts.ts';

type Needed = Pick<Parts, 'store' | 'clock' | 'templates' | 'review' | 'workspace' | 'ourHandles' | 'findPersonal'>;

/** What a person can do about scammers, over the real parts. */
export function openScams(parts: Needed): ScamDesk {
  const { review, workspace, ourHandles } = parts;
  return openScamDesk({
    ...parts,
    draftAgain: (asked) => review.useTemplate({ ...asked, again: true }),
    product: () => workspace.current().brand.product,
    lookAlike: (author, platform) => {
      const { names } = workspace.current().brand;
      return new HandleGuard({ names, officialHandles: ourHandles(platform) }).judge(author);
    },
    platformOf: ({ connector, platform }) => {
      // An imported post was said elsewhere than in its file.
      const about = (connectors.find(({ about: { id } }) => id === platform) ?? connectorOf(connector))?.about;
      return {
        name: about?.name ?? platform,
        ...(about?.reports && { reports: about.reports }),
        ours: ourHandles(platform).map((handle) => handle.replace(/^@/, '')),
      };
    },
  });
}

const connectorOf = (id: string) => connectors.find(({ about }) => about.id === id);
