/** The arguments of a command as a person would type them; words with spaces do not occur in them. */
export const words = (text: string): string[] => text.trim().split(/\s+/);

/** The value that follows an option, for each occurrence in the arguments. */
export function valuesOf(args: readonly string[], option: string): string[] {
  return args.flatMap((item, i) => (item === option ? [args[i + 1] ?? ''] : []));
}
