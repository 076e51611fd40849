/** What a screen reader is told of new messages: a few with their words, many by their number. */

export interface News {
  sender: string;
  text: string;
}

const MOST_WITH_WORDS = 3;
const LONGEST_TEXT = 160;

export class Announcer {
  private waiting: News[] = [];

  add(news: News): void {
    this.waiting.push(news);
  }

  get isWaiting(): boolean {
    return this.waiting.length > 0;
  }

  /** What to say now: texts, or how many there were. */
  take(): string[] | number {
    const news = this.waiting;
    this.waiting = [];
    if (news.length > MOST_WITH_WORDS) return news.length;
    return news.map(({ sender, text }) => `${sender}: ${shortened(text)}`);
  }
}

const shortened = (text: string): string => {
  const letters = Array.from(text);
  return letters.length > LONGEST_TEXT ? `${letters.slice(0, LONGEST_TEXT).join("")}…` : text;
};
