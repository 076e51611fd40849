"""The limits on sockets at the same time: one address, and one user."""

import pytest
from websockets.exceptions import InvalidStatus

from accounts.actions.tokens import create_token
from accounts.models import User
from realtime import consumer
from realtime.database import in_database
from realtime.envelope import CloseCode
from realtime.worker import Worker
from tests.client import ProtocolError
from tests.door.conftest import Hall


async def test_an_address_that_is_full_is_refused_and_has_room_again(hall: Hall) -> None:
    first = await hall.open()
    Worker.of_loop().crowd.limit = 1
    with pytest.raises(InvalidStatus) as refused:
        await hall.open()
    assert refused.value.response.status_code == 403
    await first.close()
    assert (await hall.open()).hello["protocol"] == 1


async def test_a_user_with_too_many_sockets_cannot_log_in_once_more(
    hall: Hall, alice: User, bob: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consumer, "CONNECTIONS_PER_USER", 1)
    await hall.enter("alice")
    second = await hall.open()
    with pytest.raises(ProtocolError) as refused:
        await second.login("alice")
    assert refused.value.code == "rate-limited"
    await second.login("bob")
    token = (await in_database(create_token, alice, name="one")).plain
    third = await hall.open(token=token)
    assert third.hello["user"] is None
    assert (await third.next_event("error"))["code"] == "rate-limited"
    assert await third.closed() == CloseCode.ABUSE
