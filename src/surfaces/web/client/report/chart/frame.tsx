import type { ReactNode } from 'react';
import { labelled } from './scale.ts';
import './chart.css';

interface Props {
  /** What the picture says, for those who do not see it. The numbers stand in a table beside it. */
  says: string;
  /** Written at the top and the middle of the axis. */
  top: string;
  middle: string;
  /** One for each place along the bottom. */
  labels: readonly string[];
  /** Drawn in a box of this width, and of height 100, from the top. */
  width: number;
  children: ReactNode;
}

const LABELS = 4;

/** A chart's axes, as text that keeps its size, around a picture that takes what room there is. */
export function ChartFrame({ says, top, middle, labels, width, children }: Props) {
  return (
    <div className="chart">
      <div className="chart-axis" aria-hidden="true">
        <span>{top}</span>
        <span>{middle}</span>
        <span>0</span>
      </div>
      <svg
        className="chart-picture"
        role="img"
        aria-label={says}
        viewBox={`0 0 ${width} 100`}
        preserveAspectRatio="none"
      >
        <title>{says}</title>
        <line className="chart-grid" x1={0} x2={width} y1={0} y2={0} />
        <line className="chart-grid" x1={0} x2={width} y1={50} y2={50} />
        <line className="chart-grid" x1={0} x2={width} y1={100} y2={100} />
        {children}
      </svg>
      <div className="chart-days" aria-hidden="true">
        {labelled(labels.length, LABELS).map((at) => (
          <span key={at}>{labels[at]}</span>
        ))}
      </div>
    </div>
  );
}
