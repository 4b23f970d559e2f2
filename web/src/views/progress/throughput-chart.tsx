// How fast it went over the last two minutes.
import 'uplot/dist/uPlot.min.css';
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import { curve, rateOf, type Sample } from '../../core/throughput.ts';
import { amounts } from '../../parts/amounts.ts';
import classes from './progress.module.css';

const height = 92;

export function ThroughputChart({ samples }: { readonly samples: readonly Sample[] }) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const scheme = useComputedColorScheme('light');
  useEffect(() => {
    const at = place.current;
    if (at === null) return;
    const made = new uPlot(optionsFor(at.clientWidth, scheme), [[], []], at);
    plot.current = made;
    const sizes = new ResizeObserver(() => made.setSize({ width: at.clientWidth, height }));
    sizes.observe(at);
    return () => {
      sizes.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [scheme]);
  useEffect(() => {
    const [seconds, rates] = curve(samples);
    plot.current?.setData([seconds, rates]);
  }, [samples]);
  return (
    <div
      ref={place}
      className={classes.chart}
      role="img"
      aria-label={`Throughput: now ${amounts.rate(rateOf(samples))}`}
    />
  );
}

function optionsFor(width: number, scheme: 'light' | 'dark'): uPlot.Options {
  const ink = scheme === 'dark' ? '#c9c9c9' : '#495057';
  const line = scheme === 'dark' ? '#20c997' : '#0f766e';
  const grid = { stroke: scheme === 'dark' ? '#3b3b3b' : '#e9ecef', width: 1 };
  return {
    width,
    height,
    legend: { show: false },
    cursor: { show: false },
    scales: {
      // It begins with half a minute, and shows two at most.
      x: { time: false, range: (_, first) => [Math.min(-30, first ?? 0), 0] },
      y: { range: (_, __, top) => [0, Math.max(top, 1)] },
    },
    axes: [
      { show: false },
      {
        stroke: ink,
        grid,
        ticks: { show: false },
        size: 76,
        splits: (_, __, ___, top) => [0, top / 2, top],
        values: (_, splits) => splits.map((value) => amounts.rate(value)),
      },
    ],
    series: [{}, { stroke: line, fill: `${line}22`, width: 1.5, points: { show: false } }],
  };
}
