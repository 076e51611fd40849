"""Plays the script through the actions, each at its moment."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from random import Random

from accounts.models import User
from chat import clock, queries, wire
from chat.actions import channels, messages, reactions, reading, threads
from chat.demo.script import Line, Place

REACTION_SECONDS = 20
EDIT_SECONDS = 40


class Player:
    """A channel is made when the first word is said in it; Alice owns those with a name."""

    def __init__(self, people: Mapping[str, User], dice: Random) -> None:
        self.people = people
        self.dice = dice
        self.channels: dict[Place, wire.Channel] = {}
        self.last: dict[Place, wire.Message] = {}

    def open_first(self, names: Sequence[str], lines: Sequence[Line]) -> None:
        """The house begins with these channels: the page opens the oldest one."""
        places = {line.place.name: line.place for line in lines if line.place.name in names}
        with clock.at(lines[0].moment):
            for name in names:
                self._open(places[name], self.people["alice"])

    def play(self, lines: Iterable[Line]) -> None:
        for number, line in enumerate(lines):
            with clock.at(line.moment):
                said = self._say(line, f"demo-{number}")
            self._follow_up(line, said)

    def _say(self, line: Line, client_id: str) -> wire.Message:
        author = self.people[line.author]
        place = self._open(line.place, author)
        if line.in_thread:
            place = threads.open_thread(author, message_id=self.last[line.place].id)
        said = messages.send_message(
            author, channel_id=place.id, text=line.text, client_id=client_id
        )
        if not line.in_thread:
            self.last[line.place] = said
        return said

    def _open(self, place: Place, author: User) -> wire.Channel:
        if place not in self.channels:
            names = place.people or self.people
            ids = [self.people[name].pk for name in names]
            if place.kind == "direct":
                self.channels[place] = channels.open_direct(author, user_ids=ids)
            else:
                self.channels[place] = channels.create_channel(
                    self.people["alice"],
                    kind=place.kind,
                    name=place.name,
                    topic=place.topic,
                    member_ids=ids,
                )
        return self.channels[place]

    def _follow_up(self, line: Line, said: wire.Message) -> None:
        moment = line.moment
        for emoji, name in line.reactions:
            moment += timedelta(seconds=self.dice.uniform(2, REACTION_SECONDS))
            with clock.at(moment):
                reactions.add_reaction(self.people[name], message_id=said.id, emoji=emoji)
        if line.edited:
            with clock.at(line.moment + timedelta(seconds=EDIT_SECONDS)):
                author = self.people[line.author]
                messages.edit_message(author, message_id=said.id, text=line.edited)


def read_all(user: User, *, but: Mapping[str, int]) -> None:
    """The user has read everything but the last so many messages of channels, by name; a direct
    conversation goes by the names of the others."""
    for channel in queries.ready(user).channels:
        others = [person.username for person in channel.members or [] if person.id != user.pk]
        unread = but.get(channel.name or " ".join(others), 0)
        position = channel.last_position - unread
        reading.mark_read(user, channel_id=channel.id, position=position, force=True)
