// Draws the charts of the report with uPlot.
(() => {
  'use strict';
  const charts = JSON.parse(document.getElementById('charts').textContent);
  const colours = ['#0b62a4', '#d1495b', '#3a7d44', '#8f5db7', '#b8860b', '#444444', '#17808a', '#e377c2'];
  const idle = ', idle loop';
  const drawn = [];

  const colourOf = (chart, label) => colours[Math.max(0, chart.series.findIndex(series => series.label === label)) % colours.length];

  const size = place => ({
    width: Math.max(280, place.clientWidth),
    height: Math.max(280, Math.min(340, Math.round(place.clientWidth * 0.5))),
  });

  const short = value => value == null ? '–' : value >= 1000 ? String(Math.round(value)) : String(+value.toPrecision(3));

  // Where all values are 0 or missing, there is an axis still.
  const fromZero = (_, low, high) => [Math.min(0, low), high > 0 ? high * 1.1 : 1];

  // Names below each place on x; turned where they would run into one another.
  const named = (chart, narrow, crowded) => ({
    label: chart.xLabel || null,
    splits: () => chart.x.map((_, i) => i),
    // of percentiles on a narrow screen only those of a whole number of nines, and the ends
    values: () => chart.labels.map(label => narrow && chart.kind === 'percentiles' && !/^(0|50|90|99(\.9+)?|100)$/.test(label) ? '' : label),
    rotate: crowded ? -35 : 0,
    size: crowded ? 90 : 40,
    grid: { show: false },
  });

  const seriesOf = (chart, more) => chart.series.map((series, i) => Object.assign({
    label: series.label,
    stroke: colours[i % colours.length],
    width: 2,
    value: (_, value) => short(value),
  }, more(series, i)));

  const byKind = {
    line(chart) {
      return {
        x: chart.x,
        scales: { x: { time: false, distr: 3, log: 2 }, y: { range: fromZero } },
        // uPlot leaves out some of a logarithmic axis unless it is told not to
        axis: { label: chart.xLabel, splits: () => chart.x, filter: (_, at) => at, values: (_, at) => at.map(value => value == null ? '' : String(value)), rotate: chart.x.length > 5 ? -35 : 0, size: 50 },
        series: seriesOf(chart, (_, i) => i === 0
          ? { points: { show: true, size: 7 } }
          : { stroke: '#8aa9c4', width: 1, dash: [4, 4] }),
      };
    },
    lines(chart) {
      return {
        x: chart.x,
        scales: { x: { time: false }, y: { range: fromZero } },
        axis: { label: chart.xLabel, values: (_, at) => at.map(value => value == null ? '' : short(value)) },
        series: seriesOf(chart, () => ({ points: { show: true, size: 6 } })),
      };
    },
    bars(chart, narrow, crowded) {
      const bars = uPlot.paths.bars({ size: [0.6, 60] });
      return {
        x: chart.x,
        scales: { x: { time: false, range: () => [-0.6, chart.x.length - 0.4] }, y: { range: fromZero } },
        axis: named(chart, narrow, crowded),
        series: seriesOf(chart, (_, i) => i === 0
          ? { paths: bars, fill: '#0b62a455', points: { show: false } }
          : { paths: () => null, points: { show: true, size: 7, fill: '#fff' } }),
      };
    },
    time(chart) {
      return {
        x: chart.x,
        scales: { x: { time: false }, y: { range: fromZero } },
        axis: { label: chart.xLabel },
        series: seriesOf(chart, () => ({ width: 1.5 })),
      };
    },
    percentiles(chart, narrow, crowded) {
      return {
        x: chart.x,
        scales: { x: { time: false }, y: { distr: 3, log: 10 } },
        axis: named(chart, narrow, crowded),
        // a logarithm has no 0
        clean: values => values.map(value => value > 0 ? value : null),
        // the control of a variant is dashed, in the colour of the variant
        series: seriesOf(chart, series => series.label.endsWith(idle)
          ? { dash: [6, 4], stroke: colourOf(chart, series.label.slice(0, -idle.length)), points: { show: false } }
          : { points: { show: true, size: 5 } }),
      };
    },
  };

  const draw = place => {
    const chart = charts[Number(place.dataset.chart)];
    const longest = Math.max(0, ...chart.labels.map(label => label.length));
    const crowded = chart.labels.length * longest * 8 > place.clientWidth - 120;
    const kind = byKind[chart.kind](chart, place.clientWidth < 500, crowded);
    const clean = kind.clean || (values => values);
    const options = Object.assign({
      title: chart.title || null,
      padding: [null, chart.labels.length ? 60 : null, null, null],
      cursor: { drag: { x: false, y: false } },
      scales: kind.scales,
      axes: [kind.axis, { label: chart.yLabel, size: 60, values: (_, at) => at.map(value => value == null ? '' : short(value)) }],
      series: [{ label: chart.xLabel || 'variant', value: (_, value) => value == null ? '–' : chart.labels[chart.x.indexOf(value)] ?? short(value) }, ...kind.series],
    }, size(place));
    place.replaceChildren();
    return new uPlot(options, [kind.x, ...chart.series.map(series => clean(series.values))], place);
  };

  for (const place of document.querySelectorAll('.chart')) {
    drawn.push({ place, width: place.clientWidth, plot: draw(place) });
  }
  addEventListener('beforeprint', () => document.querySelectorAll('details').forEach(one => { one.open = true; }));
  addEventListener('resize', () => {
    for (const one of drawn) {
      if (one.place.clientWidth !== one.width) {
        one.width = one.place.clientWidth;
        one.plot.destroy();
        one.plot = draw(one.place);
      }
    }
  });
})();
