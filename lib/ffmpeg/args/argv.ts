/** Arguments of a program, one item each; never joined into a line for a shell. */
export type Argv = readonly string[];
