import type { ReactNode } from 'react';
import { SCROLLS } from '../ui/scrolls.ts';

interface Props {
  caption: string;
  head: readonly string[];
  rows: readonly { key: string; cells: readonly ReactNode[] }[];
}

/** A table of numbers, the first column their name. Wider than the screen, it scrolls by itself. */
export function WideTable({ caption, head, rows }: Props) {
  return (
    <section className="wide" aria-label={caption} {...SCROLLS}>
      <table className="figures">
        <caption className="unseen">{caption}</caption>
        <thead>
          <tr>
            {head.map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells: [first, ...cells] }) => (
            <tr key={key}>
              <th scope="row">
                <bdi>{first}</bdi>
              </th>
              {cells.map((cell, at) => (
                <td key={head[at + 1]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
