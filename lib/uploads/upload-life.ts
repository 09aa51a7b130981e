/** An unfinished upload is kept this long after its last byte. */
export const uploadLifeMs = 24 * 60 * 60 * 1000;
