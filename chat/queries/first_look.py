"""What the page carries of the channel that it opens: what the socket would tell first."""

from accounts.models import House, User
from chat import wire
from chat.queries.messages import history
from chat.queries.opening import NEWEST_COUNT, open_channel
from chat.queries.personal import ready
from chat.wire.first_look import FirstLook


def first_look(
    user: User, channel_id: int | None, last_id: int, position: int | None = None
) -> FirstLook | None:
    """Around a position of the channel that is asked for. Without one: where they begin to read; of
    that channel, of the one where they were last, or of the oldest.

    None for what they are no member of: the socket knows the whole rule."""
    state = ready(user)
    rooms = {each.id: each for each in state.channels if each.kind != "thread"}
    wanted = channel_id or (last_id if last_id in rooms else min(rooms, default=0))
    if wanted not in rooms:
        return None
    opened = open_channel(user, channel_id=wanted)
    page = _where_one_begins(user, opened, position)
    return FirstLook(
        user=state.user,
        house=wire.HouseState.of(House.ours()),
        preferences=state.preferences,
        channels=state.channels,
        drafts=state.drafts,
        saved=state.saved,
        channel=opened.channel,
        messages=page.messages,
        has_before=page.has_before,
        has_after=page.has_after,
        found=position,
    )


def _where_one_begins(
    user: User, opened: wire.ChannelOpened, position: int | None
) -> wire.MessagePage:
    """The newest, or the messages around the one that is asked for, or else the first unread one,
    if that stands further up."""
    channel, messages = opened.channel, opened.messages
    first = messages[0].position if messages else 1
    wanted = first_unread(channel) if position is None else position
    if wanted is not None and wanted < first:
        return history(user, channel_id=channel.id, around=wanted, limit=NEWEST_COUNT)
    return wire.MessagePage(messages=messages, has_before=first > 1, has_after=False)


def first_unread(channel: wire.Channel) -> int | None:
    """Its position."""
    own = channel.membership
    return own.read_position + 1 if own and own.read_position < channel.last_position else None
