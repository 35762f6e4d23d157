import type { Detail } from '../../api.ts';
import { api } from '../api-client.ts';
import { useWords } from '../i18n/index.tsx';
import { Icon } from '../ui/icon.tsx';
import { safeHref } from './author.ts';

type One = Detail['mention']['attachments'][number];

/** What came with the message: pictures that we keep as pictures, addresses as links, and what is not kept by its name. */
export function Attachments({ mentionId, attachments }: { mentionId: string; attachments: One[] }) {
  const { t, f } = useWords();
  const shown = attachments
    .filter(({ url, file, description }) => file || safeHref(url) || description)
    .map((one, index) => ({ ...one, name: one.description || t.mention.attachment(f.number(index + 1)) }));
  if (shown.length === 0) return null;
  return (
    <ul className="attachments" aria-label={t.mention.attachments}>
      {shown.map((one) => (
        <li key={one.file ?? one.url ?? one.name}>
          {one.file ? <Picture {...one} address={api.attachmentOf(mentionId, one.file)} /> : <Elsewhere {...one} />}
        </li>
      ))}
    </ul>
  );
}

function Picture({ address, name, width, height }: One & { address: string; name: string }) {
  return (
    <a className="attachment-picture" href={address} target="_blank" rel="noreferrer noopener">
      <img src={address} alt={name} width={width} height={height} loading="lazy" decoding="async" />
    </a>
  );
}

function Elsewhere({ url, name }: One & { name: string }) {
  const href = safeHref(url);
  if (!href) return <bdi className="small soft">{name}</bdi>;
  return (
    <a href={href} target="_blank" rel="noreferrer noopener">
      <Icon name="open" size={13} /> <bdi>{name}</bdi>
    </a>
  );
}
