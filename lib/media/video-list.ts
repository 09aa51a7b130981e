/** The orders of a list of videos; those who are alike stay in the order of their ids. */
export const videoSorts = ['newest', 'oldest', 'title', 'longest', 'largest'] as const;
export type VideoSort = (typeof videoSorts)[number];

/**
 * What a list can be narrowed to. A video may have several of these: `ready`, a package can be played;
 * `in-progress`, work on a package waits or runs; `failed`, that of a package failed; `unpackaged`, none of
 * these.
 */
export const videoStatuses = ['ready', 'in-progress', 'failed', 'unpackaged'] as const;
export type VideoStatus = (typeof videoStatuses)[number];
