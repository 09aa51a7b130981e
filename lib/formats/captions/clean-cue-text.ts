/** Tags of WebVTT (3.4). Each may have classes, and some an annotation: the speaker, or the language. */
const knownTags = ['b', 'i', 'u', 'c', 'v', 'lang', 'ruby', 'rt'];
const annotated = ['v', 'lang'];

/** A tag of any markup, a time within a cue, or a character that must be escaped. */
const token = /<(\/?)([a-z]+)(?![a-z])([^<>]*)>|<(?:\d+:)?\d\d:\d\d\.\d{3}>|[<&]|-->/gi;
const classes = /^(\.[\w-]+)+/;
const characterReference = /^&(?:[a-z]+|#\d+|#x[\da-f]+);/i;

/**
 * Converts the text of any subtitle format into cue text: tags of WebVTT stay, and are closed; others are
 * removed (`<font>`, the `{\an8}` of SubStation Alpha); the rest is escaped. Players show a cue with an
 * invalid tag as raw text.
 */
export function cleanCueText(text: string): string {
  const open: string[] = [];
  const close = (name: string) => {
    const at = open.lastIndexOf(name);
    return at < 0
      ? ''
      : open
          .splice(at)
          .reverse()
          .map((item) => `</${item}>`)
          .join('');
  };
  const plain = text
    .replaceAll(/(?!\n)\p{Cc}+/gu, ' ')
    .replaceAll(/\{\\[^{}]*\}/g, '')
    .replaceAll(/<br *\/?>/gi, '\n')
    .replaceAll('\\h', '\u00a0');
  const cleaned = plain.replaceAll(token, (found, slash?: string, tag?: string, rest = '', at = 0) => {
    if (found === '-->') return '--&gt;';
    if (found === '<') return '&lt;';
    if (found === '&') return characterReference.test(plain.slice(at)) ? found : '&amp;';
    if (tag === undefined) return found;
    const name = tag.toLowerCase();
    if (!knownTags.includes(name)) return '';
    if (slash) return close(name);
    open.push(name);
    return `<${name}${annotated.includes(name) ? rest : (classes.exec(rest)?.[0] ?? '')}>`;
  });
  return withoutEmptyLines(cleaned + (open[0] === undefined ? '' : close(open[0])));
}

/** An empty line would end the cue. */
function withoutEmptyLines(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line.trim() !== '')
    .join('\n');
}
