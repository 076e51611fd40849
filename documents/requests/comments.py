"""Requests about comments and named versions. What is said in a comment is a message, and limited
as one; so are versions, each of which is a whole text."""

from accounts.models import User
from chat.requests import commands, message_limit
from documents import queries, wire
from documents.actions import comments, versions


@commands.request(wire.AddComment, limit=message_limit)
def add_comment(user: User, data: wire.AddComment) -> wire.OneComment:
    comment = comments.add_comment(
        user,
        document_id=data.document,
        text=data.text,
        index=data.position.index,
        length=data.position.length,
    )
    return wire.OneComment(comment=comment)


@commands.request(wire.ReplyComment, limit=message_limit)
def reply_comment(user: User, data: wire.ReplyComment) -> wire.OneComment:
    comment = comments.reply_comment(user, comment_id=data.comment, text=data.text)
    return wire.OneComment(comment=comment)


@commands.request(wire.ResolveComment, limit=message_limit)
def resolve_comment(user: User, data: wire.ResolveComment) -> wire.OneComment:
    comment = comments.resolve_comment(
        user, comment_id=data.comment, resolved=data.resolved, text=data.text
    )
    return wire.OneComment(comment=comment)


@commands.request(wire.ShowComment)
def show_comment(user: User, data: wire.ShowComment) -> wire.OneComment:
    return wire.OneComment(comment=queries.show_comment(user, thread_id=data.thread))


@commands.request(wire.ListVersions)
def list_versions(user: User, data: wire.ListVersions) -> wire.VersionList:
    return wire.VersionList(versions=queries.list_versions(user, document_id=data.document))


@commands.request(wire.NameVersion, limit=message_limit)
def name_version(user: User, data: wire.NameVersion) -> wire.OneVersion:
    version = versions.name_version(user, document_id=data.document, name=data.name)
    return wire.OneVersion(version=version)


@commands.request(wire.ShowVersion)
def show_version(user: User, data: wire.ShowVersion) -> wire.VersionText:
    return queries.show_version(user, version_id=data.version)


@commands.request(wire.RestoreVersion)
def restore_version(user: User, data: wire.RestoreVersion) -> wire.DocumentReply:
    document = versions.restore_version(user, version_id=data.version)
    return wire.DocumentReply(document=document)
