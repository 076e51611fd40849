/** Who is where, in words, and who has collected most: the space for those who do not look at it. */
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { avatar } from "../components/avatar";
import { format, gettext, ngettext } from "../i18n";
import type { People } from "../models/people";
import type { Spot } from "./room";
import type { HouseStatistics, Player } from "./wire";
import { NEAR, type World } from "./world";

const FAR = 360;

export function whereabouts(me: Spot, other: Spot): string {
  const [dx, dy] = [other.x - me.x, other.y - me.y];
  const away = Math.hypot(dx, dy);
  if (away < NEAR) return gettext("beside you");
  const isAcross = Math.abs(dx) > Math.abs(dy);
  if (away > FAR) {
    if (isAcross) return dx < 0 ? gettext("far to the left") : gettext("far to the right");
    return dy < 0 ? gettext("far to the back") : gettext("far to the front");
  }
  if (isAcross) return dx < 0 ? gettext("to the left") : gettext("to the right");
  return dy < 0 ? gettext("to the back") : gettext("to the front");
}

export function roll(
  world: World,
  people: People,
  now: number,
  goTo: (player: Player) => void,
  house: HouseStatistics | null,
): TemplateResult {
  return html`<section class="space-roll" aria-label=${gettext("Who is here")}>
    <h2>${gettext("Who is here")}</h2>
    <ol>
      ${repeat(
        world.ranking(),
        (player) => player.id,
        (player) => entry(world, people, now, player, goTo),
      )}
    </ol>
    ${house ? html`<p class="space-house">${aboutHouse(house)}</p>` : nothing}
  </section>`;
}

export function aboutHouse({ online, messages_per_second }: HouseStatistics): string {
  const aMinute = Math.round(messages_per_second * 60);
  const people = ngettext(
    "%(count)s person is in the house.",
    "%(count)s people are in the house.",
    online,
  );
  const messages = ngettext("%(count)s message a minute.", "%(count)s messages a minute.", aMinute);
  return `${format(people, { count: online })} ${format(messages, { count: aMinute })}`;
}

function entry(
  world: World,
  people: People,
  now: number,
  player: Player,
  goTo: (player: Player) => void,
): TemplateResult {
  const isMe = player.id === world.myId;
  // Programs may call themselves anything; whom one knows goes by their own name.
  const person = people.get(player.id) ?? stranger(player);
  const figure = world.figures.get(player.id);
  const where =
    isMe || !world.me || !figure ? "" : whereabouts(world.me, world.spotOf(figure, now));
  const lights = ngettext("%(count)s light", "%(count)s lights", player.score);
  const score = format(lights, { count: player.score });
  return html`<li>
    <button class="space-person" ?disabled=${isMe} @click=${() => goTo(player)}
      title=${isMe ? nothing : format(gettext("Go to %(name)s"), { name: person.display_name })}>
      ${avatar(person)}
      <span class="person-names">
        <strong>${person.display_name}${isMe ? html` <small>${gettext("(you)")}</small>` : nothing}</strong>
        ${where ? html`<small>${where}</small>` : nothing}
      </span>
      <span class="space-score" data-lit=${player.score > 0}>
        <i aria-hidden="true"></i><span aria-hidden="true">${player.score}</span>
        <span class="visually-hidden">${score}</span>
      </span>
    </button>
  </li>`;
}

const stranger = ({ id, name }: Player) => ({
  id,
  username: "",
  display_name: name,
  avatar_url: "",
  is_bot: false,
});
