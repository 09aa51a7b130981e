import { expect, it } from 'vitest';
import { cleanCueText } from '@/lib/formats/captions/clean-cue-text';

it.each([
  ['Hello', 'Hello'],
  ['{\\an8}Top', 'Top'],
  ['{\\an8\\pos(10,20)}Top {\\i1}in{\\i0}', 'Top in'],
  ['{sic} is said', '{sic} is said'],
  ['<font color="#ff0">red</font>', 'red'],
  ['<font color=red>red', 'red'],
  ['<b>bold</b> <I>it</I> <u>under</u>', '<b>bold</b> <i>it</i> <u>under</u>'],
  ['<i>never closed', '<i>never closed</i>'],
  ['never opened</i>', 'never opened'],
  ['<b><i>crossed</b> over</i>', '<b><i>crossed</i></b> over'],
  ['<i class="x">class</i>', '<i>class</i>'],
  ['<c.yellow.big>shout</c>', '<c.yellow.big>shout</c>'],
  ['<v.loud Mary Ann>Hi', '<v.loud Mary Ann>Hi</v>'],
  ['<ruby>漢<rt>kan</rt></ruby>', '<ruby>漢<rt>kan</rt></ruby>'],
  ['<lang en-GB>colour</lang>', '<lang en-GB>colour</lang>'],
  ['now <00:00:01.500>later', 'now <00:00:01.500>later'],
  ['<script>alert(1)</script>', 'alert(1)'],
  ['a <b', 'a &lt;b'],
  ['I <3 you', 'I &lt;3 you'],
  ['1 < 2 > 0', '1 &lt; 2 > 0'],
  ['AT&T & more', 'AT&amp;T &amp; more'],
  ['&amp; &lt;b&gt; &nbsp; &#39; &#x27;', '&amp; &lt;b&gt; &nbsp; &#39; &#x27;'],
  ['go --> there', 'go --&gt; there'],
  ['<!-- note -->', '&lt;!-- note --&gt;'],
  ['hard\\hspace', 'hard\u00a0space'],
  ['one<br/>two<BR>three', 'one\ntwo\nthree'],
  ['one\n\n\ntwo  ', 'one\ntwo'],
  ['a\u0001b\u0092c\td', 'a b c d'],
  ['', ''],
])('%j becomes %j', (text, expected) => {
  expect(cleanCueText(text)).toBe(expected);
});

it.each([
  ['braces that are not closed', '{\\'],
  ['a tag that is not closed', '<a'],
  ['one long tag', 'a'],
  ['ampersands', '&'],
  ['open tags', '<b>'],
])(
  'is fast for megabytes of %s',
  (_, part) => {
    const text = (part === 'a' ? '<' : '') + part.repeat(2_000_000 / part.length);
    // Quadratic work would take hours, beyond the time limit of this test.
    expect(typeof cleanCueText(text)).toBe('string');
  },
  60_000,
);
