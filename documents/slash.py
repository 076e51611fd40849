"""`/doc`: a document of this channel, begun where one writes."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chat import wire
from chat.queries.messages import show_message
from chat.slash import Call, slash
from documents.actions.documents import create_document
from documents.models import TITLE_MAX_LENGTH


@slash("doc", gettext_lazy("[title]"), gettext_lazy("Begin a document that all write in together"))
def doc(call: Call) -> wire.CommandOutcome:
    """The reply's message is the document's card: a page opens what it leads to."""
    title = " ".join(call.arguments.split())[:TITLE_MAX_LENGTH] or _("Untitled")
    made = create_document(call.user, channel_id=call.channel.pk, title=title)
    if made.message is None:
        return wire.CommandOutcome()
    return wire.CommandOutcome(message=show_message(call.user, message_id=made.message))
