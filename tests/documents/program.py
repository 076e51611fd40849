"""A program without Yjs in a document."""

from typing import Any

from documents.yjs.text import piece, prefix, units
from tests.client import Client, ProtocolError


class Program:
    """Does what the reference says: applies what it is told to the text that it has."""

    def __init__(self, client: Client, document: int) -> None:
        self.client, self.document = client, document
        self.text, self.version = "", -1

    async def join(self) -> Any:
        await self.client.request("join-document", document=self.document)
        state = await self.client.next_event("document-data")
        self.text, self.version = state["text"], state["version"]
        return state

    async def read(self) -> str:
        """Everything that has come."""
        await self.client.request("ping")
        for name, data in [e for e in self.client.events if e[0] == "document-change"]:
            self.client.events.remove((name, data))
            if data["version"] > self.version:
                self.apply(data["ops"])
                self.version = data["version"]
        return self.text

    def apply(self, ops: list[dict[str, Any]]) -> None:
        at, text = 0, self.text
        for op in ops:
            assert len(op) == 1  # as in Quill: no nulls beside it
            head = prefix(text, at)
            if op.get("insert"):
                text = head + op["insert"] + text[len(head) :]
                at += units(op["insert"])
            elif op.get("delete"):
                text = head + text[len(head) + len(piece(text, at, op["delete"])) :]
            else:
                at += op["retain"]
        self.text = text

    async def change(self, *ops: dict[str, Any]) -> None:
        """Tries again from where the text is by then."""
        while True:
            await self.read()
            try:
                reply = await self.client.request(
                    "document-change", document=self.document, base=self.version, ops=list(ops)
                )
            except ProtocolError as error:
                if error.code != "conflict":
                    raise
                self.text, self.version = error.body["text"], error.body["version"]
            else:
                self.apply(list(ops))
                self.version = reply["version"]
                return
