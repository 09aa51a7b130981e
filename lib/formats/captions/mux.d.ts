declare module 'mux.js/lib/m2ts/caption-stream.js' {
  /** A caption that was shown from one time to another. */
  interface Caption {
    startPts: number;
    endPts: number;
    /** `CC1` to `CC4`, or `cc708_1` and so on. */
    stream: string;
    /** For CEA-708. */
    text?: string;
    /** For CEA-608: rows with their number, 1 to 15 from the top. */
    content?: { text: string; line: number }[];
  }

  export class CaptionStream {
    constructor(options?: { parse708captions?: boolean });
    on(event: 'data', listener: (caption: Caption) => void): void;
    push(unit: { nalUnitType: 'sei_rbsp'; escapedRBSP: Uint8Array; pts: number; dts: number }): void;
    /** Decodes what was pushed since the last flush. */
    partialFlush(): void;
  }
}
