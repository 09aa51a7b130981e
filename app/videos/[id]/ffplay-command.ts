/** The name under which the server gives a package's download away. */
export function downloadName(videoName: string): string {
  return `${videoName.replace(/(?<=.)\.[^.]*$/, '')}_encrypted.mp4`;
}

/** A command line that plays the downloaded file, ready to paste into a POSIX shell. */
export function ffplayCommand(videoName: string, keyHex: string): string {
  const quoted = downloadName(videoName).replace(/[\\"$`]/g, '\\$&');
  return `ffplay "${quoted}" -decryption_key ${keyHex}`;
}
