/**
 * Shaka Player's stylesheet takes a font from another host; its controls use the page's own
 * (app/_features/player/video-player.css).
 */
const withoutForeignFonts = {
  postcssPlugin: 'without-foreign-fonts',
  AtRule: {
    'font-face': (rule) => {
      if (/url\(\s*["']?(https?:)?\/\//i.test(rule.toString())) rule.remove();
    },
  },
};

export default { plugins: [['@tailwindcss/postcss', {}], withoutForeignFonts] };
