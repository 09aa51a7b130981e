/** Who may watch a video beside its owner and administrators: nobody, or everybody who can sign in. */
export const visibilities = ['private', 'members'] as const;
export type Visibility = (typeof visibilities)[number];
