/** Protection schemes of ISO/IEC 23001-7 that Cenclave writes: AES-CTR, and AES-CBC with a 1:9 pattern. */
export const schemes = ['cenc', 'cbcs'] as const;
export type Scheme = (typeof schemes)[number];
