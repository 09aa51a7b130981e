// @ts-check

/** A failure that one sentence explains: what happened and what to do. It is shown without a stack trace. */
export class PlainError extends Error {
  /**
   * @param {string} sentence
   * @param {string} [toolOutput] the last lines of the tool that failed, shown before the sentence
   */
  constructor(sentence, toolOutput = '') {
    super(sentence);
    this.toolOutput = toolOutput;
  }
}
