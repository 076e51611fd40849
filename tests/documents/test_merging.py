"""In whatever order updates come, late, twice or with holes, with compaction and a forgetful keeper
in between: everybody ends with the same text, and it is the stored one."""

from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from chat.models import Channel
from documents.actions.documents import create_document
from documents.actions.tidying import compact
from documents.actions.writing import Write, change_text, write_updates
from documents.queries.held import log_since, text_now
from documents.yjs.press import press
from documents.yjs.text import Edit, edit, new_doc, text_of, units

if TYPE_CHECKING:
    from pycrdt import Doc

pytestmark = pytest.mark.django_db

PIECES = ["a", " ", "\n", "가", "é", "😀", "나다"]
CLIENTS = 3
DOINGS = ["edit", "edit", "edit", "send", "send newest", "send again", "read", "program"]
STEP = st.tuples(
    st.sampled_from([*DOINGS, "compact", "forget"]),
    st.integers(0, CLIENTS - 1),
    st.floats(0, 1, exclude_max=True),
    st.sampled_from(["", *PIECES]),  # "" deletes
)
_numbers = count(1)


def change_at(text: str, place: float, piece: str) -> Edit:
    at = int(place * (len(text) + 1))
    removed = "" if piece else text[at : at + 1]
    return Edit(units(text[:at]), units(removed), piece)


@dataclass
class Client:
    """One that speaks Yjs."""

    author: User
    document: int
    doc: "Doc[Any]" = field(default_factory=new_doc)
    unsent: list[bytes] = field(default_factory=list)
    sent: list[bytes] = field(default_factory=list)
    version: int = 0

    @property
    def text(self) -> str:
        return str(text_of(self.doc))

    def edit(self, place: float, piece: str) -> None:
        state = self.doc.get_state()
        edit(self.doc, [change_at(self.text, place, piece)])
        self.unsent.append(self.doc.get_update(state))

    def send(self, updates: list[bytes]) -> None:
        writes = [Write(self.author, self.document, update, True) for update in updates]
        assert all(isinstance(result, int) for result in write_updates(writes))
        self.sent += updates
        self.unsent = [update for update in self.unsent if update not in updates]

    def read(self) -> None:
        for version, update in log_since(self.document, self.version):
            self.doc.apply_update(update)
            self.version = max(self.version, version)


def program(author: User, document: int, place: float, piece: str) -> None:
    """One that does not."""
    _, text, version = text_now(author, document)
    change = change_at(text, place, piece)
    ops: list[dict[str, Any]] = [{"retain": change.at}] if change.at else []
    if change.inserted:
        ops.append({"insert": change.inserted})
    if change.removed:
        ops.append({"delete": change.removed})
    if change.inserted or change.removed:
        change_text(author, document_id=document, base=version, ops=ops)


def take(step: tuple[str, int, float, str], clients: list[Client]) -> None:
    doing, number, place, piece = step
    client = clients[number]
    if doing == "edit":
        client.edit(place, piece)
    elif doing.startswith("send"):
        given_ = {"send": client.unsent, "send newest": client.unsent[-1:]}
        client.send(list(given_.get(doing, client.sent[-2:])))
    elif doing == "read":
        client.read()
    elif doing == "program":
        program(client.author, client.document, place, piece)
    elif doing == "compact":
        compact(client.document)
    else:
        press.forget(client.document)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(STEP, min_size=5, max_size=40))
def test_all_end_with_the_same_text(
    alice: User, bob: User, general: Channel, steps: list[tuple[str, int, float, str]]
) -> None:
    title = f"Plan {next(_numbers)}"
    document = create_document(alice, channel_id=general.pk, title=title).id
    clients = [Client(author, document) for author in (alice, bob, alice)]
    for step in steps:
        take(step, clients)

    for client in clients:
        client.send(client.unsent)
    for client in clients:
        client.read()
    late = Client(bob, document)
    late.read()
    press.forget(document)
    texts = {client.text for client in [*clients, late]} | {text_now(bob, document)[1]}
    assert len(texts) == 1
