import { settingsTable } from '@/lib/env';

interface Row {
  name: string;
  meaning: string;
  allowed: string;
  /** As a reader writes it; undefined if the setting has no default. */
  byDefault: string | undefined;
  /** Whether the default can be copied as the value. */
  isValue: boolean;
}

const rows: readonly Row[] = Object.entries(settingsTable).map(([name, setting]) => {
  const described = 'byDefault' in setting ? setting.byDefault : undefined;
  const plain = setting.schema.parse(undefined)?.toString() || undefined;
  return { name, ...setting, byDefault: described ?? plain, isValue: described === undefined };
});

const markers = [
  '<!-- settings: written by `npm run format` from lib/env.ts -->',
  '<!-- /settings -->',
] as const;
const exampleWidth = 110;

/**
 * The README with its table of settings as lib/env.ts has them.
 * @throws Error if the README has lost the comments around its table.
 */
export function withSettings(readme: string): string {
  const [before, rest] = readme.split(markers[0]);
  const after = rest?.split(markers[1])[1];
  if (after === undefined) throw new Error(`README.md has no "${markers[0]}" … "${markers[1]}".`);
  const lines = rows.map(({ name, byDefault, isValue, meaning }) => {
    const code = byDefault && (isValue || /^\S+$/.test(byDefault)) ? `\`${byDefault}\`` : byDefault;
    return `| \`${name}\` | ${code ?? 'none'} | ${meaning} |`;
  });
  const table = ['| Setting | Default | Meaning |', '|---|---|---|', ...lines];
  return `${before}${markers[0]}\n${table.join('\n')}\n${markers[1]}${after}`;
}

/** The text of `.env.example`: each setting as a comment, with its default. */
export function envExample(): string {
  const head = [
    '# Copy this file to .env and remove the # in front of what you set. Variables of the environment win.',
    '# Written by `npm run format` from lib/env.ts.',
  ];
  return `${[head.join('\n'), ...rows.map(exampleOf)].join('\n\n')}\n`;
}

function exampleOf({ name, meaning, allowed, byDefault, isValue }: Row): string {
  const note = isValue || !byDefault ? '' : ` By default: ${byDefault}.`;
  const sentence = `${plainText(meaning)} Allowed: ${allowed}.${note}`;
  return [...wrapped(sentence), `# ${name}=${isValue ? (byDefault ?? '') : ''}`].join('\n');
}

/** Markdown without its marks: a file is named by its path, a page on the web by its text. */
const plainText = (markdown: string) =>
  markdown
    .replaceAll(/\[([^\]]+)\]\(([^)]+)\)/g, (_, text, address) => (/^https?:/.test(address) ? text : address))
    .replaceAll('`', '');

/** The lines of a comment. */
function wrapped(text: string): string[] {
  const lines: string[] = [];
  let line = '#';
  for (const word of text.split(' ')) {
    if (line.length + 1 + word.length > exampleWidth) {
      lines.push(line);
      line = '#';
    }
    line += ` ${word}`;
  }
  return [...lines, line];
}
