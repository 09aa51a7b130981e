import { median } from './median';
import { type Figure, isMet, type Result } from './result';

const header = ['#', 'measure', 'ours', 'theirs', 'figure', 'target', 'met?'];

/** The results as a Markdown table, one row per figure. */
export function renderTable(results: readonly Result[]): string {
  const rows = [header, ...results.flatMap(rowsOf)];
  const widths = header.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]) => `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  return [line(header), rule, ...rows.slice(1).map(line)].join('\n');
}

function rowsOf(result: Result): string[][] {
  const start = [String(result.number), result.title];
  if (result.outcome !== 'measured')
    return [[...start, '', '', `${result.outcome}: ${result.reason.split('\n')[0]?.slice(0, 80)}`, '', '']];
  const { ours, theirs, unit, figures } = result;
  return figures.map((figure, i) => [
    ...(i === 0 ? start : ['', figure.name]),
    i === 0 ? amount(median(ours), unit) : '',
    i === 0 && theirs.length > 0 ? amount(median(theirs), unit) : '',
    amount(figure.value, figure.unit),
    reachOf(figure),
    isMet(figure) ? 'yes' : 'NO',
  ]);
}

function reachOf({ reach, unit }: Figure): string {
  return 'atMost' in reach ? `<= ${amount(reach.atMost, unit)}` : `>= ${amount(reach.atLeast, unit)}`;
}

/** Formats a number with three significant digits. */
function amount(value: number, unit: string): string {
  const text = value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
  return unit === '' ? text : `${text} ${unit}`;
}
