/** A path on this server: browsers read `//host` and `/\host` as another one, and skip tabs and line ends. */
const ownPath = /^\/(?![/\\])[!-~]*$/;

/** Where to go after signing in: the page that was asked for if it is on this server, else the library. */
export function returnPath(asked: string | string[] | undefined): string {
  return typeof asked === 'string' && ownPath.test(asked) ? asked : '/';
}
