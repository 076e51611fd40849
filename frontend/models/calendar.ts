/** The days of a month, in weeks. A day is its beginning in the viewer's zone. */

export interface Month {
  year: number;
  /** 0 for January. */
  month: number;
}

export const monthOf = (at: number): Month => {
  const date = new Date(at);
  return { year: date.getFullYear(), month: date.getMonth() };
};

export const monthAfter = ({ year, month }: Month, count: number): Month =>
  monthOf(new Date(year, month + count, 1).getTime());

export const beginningOf = ({ year, month }: Month): number => new Date(year, month, 1).getTime();

/** Not by adding hours: a day has 23 or 25 of them where clocks change. */
export function daysAfter(day: number, count: number): number {
  const date = new Date(day);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + count).getTime();
}

/** Whole weeks around the month; `firstWeekday` is 0 for Sunday. */
export function weeksOf(month: Month, firstWeekday: number): number[][] {
  const first = beginningOf(month);
  const lead = (new Date(first).getDay() - firstWeekday + 7) % 7;
  const end = beginningOf(monthAfter(month, 1));
  const weeks: number[][] = [];
  for (let day = daysAfter(first, -lead); day < end; day = daysAfter(day, 7))
    weeks.push(Array.from({ length: 7 }, (_, index) => daysAfter(day, index)));
  return weeks;
}
