/** Who may watch a video beside its owner and administrators: nobody, or everybody who can sign in. */
export type Visibility = 'private' | 'members';
