/** What a route asks for. Nobody is refused yet: there is only the system. */
export type Permission =
  | 'video.read'
  | 'video.write'
  | 'package.read'
  | 'package.write'
  | 'package.play'
  | 'package.download'
  | 'key.read';
