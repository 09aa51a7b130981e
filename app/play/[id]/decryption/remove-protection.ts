/** An element of a manifest, as parsed by Shaka Player. */
interface XmlNode {
  tagName: string;
  attributes: Record<string, string>;
  children: (XmlNode | string)[];
}

/**
 * Removes each ContentProtection from an MPD, so that a player treats its content as clear.
 * @returns the KIDs they named, 32 hexadecimal digits each
 */
export function removeProtection(mpd: XmlNode): string[] {
  const kids = new Set<string>();
  take(mpd, kids);
  return [...kids];
}

function take(node: XmlNode, kids: Set<string>): void {
  node.children = node.children.filter((child) => {
    if (typeof child === 'string') return true;
    if (child.tagName !== 'ContentProtection') {
      take(child, kids);
      return true;
    }
    const kid = child.attributes['cenc:default_KID'];
    if (kid) kids.add(kid.replaceAll('-', '').toLowerCase());
    return false;
  });
}
